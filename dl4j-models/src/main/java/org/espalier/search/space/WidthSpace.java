package org.espalier.search.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.cost.Resource;
import org.espalier.data.ImageDataset;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.search.finals.Candidate;

/**
 * The networks of one family that differ in their widths.
 *
 * @param family which networks
 * @param input shape of one image
 * @param classes logits, at least 1
 * @param choices that together set every width of the family once
 */
public record WidthSpace(
    ReadyMade.Family family, ImageShape input, int classes, List<Choice> choices) implements Space {
  public WidthSpace {
    Objects.requireNonNull(family, "family");
    Objects.requireNonNull(input, "input");
    choices = List.copyOf(choices);
    List<Integer> set = new ArrayList<>();
    choices.forEach(choice -> set.addAll(choice.positions()));
    int free = family.usualWidths().size();
    if (set.size() != free || new TreeSet<>(set).size() != free || Collections.max(set) >= free) {
      throw new IllegalArgumentException(
          "%s has the free widths 0 to %s, choices set %s".formatted(family, free - 1, set));
    }
  }

  /**
   * A space.
   *
   * @throws IllegalArgumentException if the choices name layers that the family does not have
   */
  public static WidthSpace of(
      ReadyMade.Family family, ImageShape input, int classes, WidthChoices choices) {
    return new WidthSpace(family, input, classes, choices.of(family));
  }

  /**
   * The space of networks for a data set.
   *
   * @throws IllegalArgumentException if the choices name layers that the family does not have
   */
  public static WidthSpace of(ReadyMade.Family family, ImageDataset images, WidthChoices choices) {
    return of(family, images.shape(), images.classes().size(), choices);
  }

  @Override
  public List<Integer> sizes() {
    return choices.stream().map(choice -> choice.widths().size()).toList();
  }

  @Override
  public NetworkSpec network(List<Integer> picks) {
    return networkOf(widths(picks));
  }

  @Override
  public String describe(List<Integer> picks) {
    return widths(picks).toString();
  }

  @Override
  public CostModel cost(Resource resource) {
    return switch (resource.total()) {
      case SUM -> PairwiseCost.of(this, resource);
      case LARGEST -> new LargestTerms(this, resource).largest();
    };
  }

  /** Those of a few networks that together have every layer with all its widths. */
  @Override
  public Collection<LayerCost> everyLayer() {
    CostTerms terms = new CostTerms(this, layer -> layer.signature().orElse(""));
    return terms.candidates().stream()
        .flatMap(picks -> NetworkCost.of(network(picks)).layers().stream())
        .toList();
  }

  /**
   * The family's widths.
   *
   * @param picks index into each choice's widths
   */
  public List<Integer> widths(List<Integer> picks) {
    if (picks.size() != choices.size()) {
      throw new IllegalArgumentException(
          "there are %s choices, got %s picks".formatted(choices.size(), picks.size()));
    }
    Integer[] widths = new Integer[family.usualWidths().size()];
    for (int i = 0; i < picks.size(); i++) {
      for (int position : choices.get(i).positions()) {
        widths[position] = candidates(choices.get(i), position).get(picks.get(i));
      }
    }
    return List.of(widths);
  }

  /** The widths that the layer at a position of the family's list may take, one a pick, rising. */
  public List<Integer> candidates(int position) {
    return candidates(choices.get(choiceAt(position)), position);
  }

  /** Index of the choice that sets a position of the family's list. */
  public int choiceAt(int position) {
    for (int i = 0; i < choices.size(); i++) {
      if (choices.get(i).positions().contains(position)) {
        return i;
      }
    }
    throw new IllegalArgumentException("%s has no width %s".formatted(family, position));
  }

  private List<Integer> candidates(Choice choice, int position) {
    List<Integer> usual = family.usualWidths();
    int least = choice.positions().stream().mapToInt(usual::get).min().orElseThrow();
    return choice.widths().stream()
        .map(width -> WidthChoices.scaled(width, usual.get(position), least))
        .toList();
  }

  /**
   * Widths of the narrowest network. It need not be the cheapest: between equal widths a shortcut
   * takes no convolution ({@link PairwiseCost#cheapest}).
   */
  public List<Integer> narrowest() {
    return widths(Collections.nCopies(choices.size(), 0));
  }

  /** Widths of the widest network. */
  public List<Integer> widest() {
    return widths(choices.stream().map(choice -> choice.widths().size() - 1).toList());
  }

  /** The network with these widths. */
  public NetworkSpec networkOf(List<Integer> widths) {
    return family.build(input, classes, widths);
  }

  /** The network with these widths as a candidate. */
  public Candidate candidateOf(List<Integer> widths) {
    return Candidate.of(widths.toString(), networkOf(widths));
  }

  /** What the network with these widths costs. */
  public NetworkCost costOf(List<Integer> widths) {
    return NetworkCost.of(networkOf(widths));
  }
}
