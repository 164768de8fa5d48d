package org.espalier.search.cell.space;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.espalier.storage.StrictJson;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;

/**
 * What was chosen, by names, without the size of a network: a found cell as it is kept in files.
 *
 * @param space {@linkplain GatedSpace#title title} of the space
 * @param choices names of options by the names of {@linkplain Decision decisions}; those that have
 *     no effect are missing
 */
public record Genotype(String space, Map<String, String> choices) {
  /** The format this program writes and reads, the field {@code format}. */
  public static final int FORMAT = 1;

  /** The longest text that is read. */
  public static final int MAX_CHARACTERS = 1 << 20;

  private static final StrictJson<Document> JSON =
      new StrictJson<>(Document.class, "a genotype", "choice", MAX_CHARACTERS);

  public Genotype {
    Objects.requireNonNull(space, "space");
    choices = Collections.unmodifiableMap(new TreeMap<>(choices));
  }

  /** The genotype of some picks. */
  public static Genotype of(GatedSpace space, List<Integer> picks) {
    Set<Integer> idle = space.idle(picks);
    List<Decision> decisions = space.decisions();
    Map<String, String> choices = new TreeMap<>();
    for (int choice = 0; choice < decisions.size(); choice++) {
      if (!idle.contains(choice)) {
        Decision decision = decisions.get(choice);
        choices.put(decision.name(), decision.options().get(picks.get(choice)).name());
      }
    }
    return new Genotype(space.title(), choices);
  }

  /**
   * The picks of this genotype, those without effect at their first options.
   *
   * @throws InputException saying what does not fit the space
   */
  public List<Integer> in(GatedSpace space) {
    if (!this.space.equals(space.title())) {
      throw new InputException(
          "the genotype is of the space '%s', expected '%s'".formatted(this.space, space.title()));
    }
    List<Decision> decisions = space.decisions();
    List<String> names = decisions.stream().map(Decision::name).toList();
    for (String name : choices.keySet()) {
      if (!names.contains(name)) {
        throw new InputException(
            "the genotype has a choice '%s', which the space '%s' does not have%s"
                .formatted(
                    name,
                    this.space,
                    Suggestion.closest(name, names)
                        .map(close -> "; did you mean '" + close + "'?")
                        .orElse("")));
      }
    }
    List<Integer> picks = decisions.stream().map(this::pick).toList();
    Set<Integer> idle = space.idle(picks);
    for (int choice = 0; choice < names.size(); choice++) {
      boolean given = choices.containsKey(names.get(choice));
      if (given == idle.contains(choice)) {
        throw new InputException(
            given
                ? "the choice '%s' of the genotype has no effect beside the others; leave it out"
                    .formatted(names.get(choice))
                : "the genotype lacks the choice '%s'".formatted(names.get(choice)));
      }
    }
    return picks;
  }

  private int pick(Decision decision) {
    String chosen = choices.get(decision.name());
    if (chosen == null) {
      return 0;
    }
    List<String> options = decision.options().stream().map(Decision.Option::name).toList();
    if (!options.contains(chosen)) {
      throw new InputException(
          "unknown option '%s' of the choice '%s' of the genotype%s %s"
              .formatted(
                  chosen,
                  decision.name(),
                  Suggestion.closest(chosen, options)
                      .map(close -> "; did you mean '" + close + "'? There are")
                      .orElse("; there are"),
                  String.join(", ", options)));
    }
    return options.indexOf(chosen);
  }

  /** As JSON text over several lines, ending with a line feed. */
  public String toJson() {
    return JSON.write(new Document(FORMAT, space, choices));
  }

  /**
   * Reads what {@link #toJson} wrote, or a {@linkplain PublishedGenotype published} genotype.
   *
   * @param text itself
   * @param where what the text is called in messages: a file or URI
   * @throws InputException naming the place and what is wrong there
   */
  public static Genotype fromText(String text, String where) {
    if (text.stripLeading().startsWith("{") && !text.contains("\"normal_concat\"")) {
      Document document = JSON.read(text, where);
      return new Genotype(document.space(), document.choices());
    }
    return PublishedGenotype.read(text, where).genotype(where);
  }

  /** The picks of the cells that were read from a text; see {@link #fromText} and {@link #in}. */
  public static List<Integer> picks(GatedSpace space, String text, String where) {
    Genotype genotype = fromText(text, where);
    try {
      return genotype.in(space);
    } catch (InputException e) {
      throw new InputException(where + ": " + e.getMessage(), e);
    }
  }

  /** What the file holds. */
  private record Document(int format, String space, Map<String, String> choices) {
    Document {
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "genotype format %s, this program reads format %s".formatted(format, FORMAT));
      }
    }
  }
}
