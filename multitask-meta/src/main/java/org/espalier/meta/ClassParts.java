package org.espalier.meta;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.task.ClassSplit;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;

/**
 * Which classes of a data set are for meta-validation and meta-test; all others are learned from. A
 * component that is left out takes its default.
 *
 * @param validation names of classes, or of groups of classes before a {@code /} such as the
 *     alphabets of Omniglot; default none, which deals {@code validationShare} of the classes
 * @param test names likewise; default none, which deals {@code testShare} of the classes
 * @param validationShare of the classes, if none are named; default 0
 * @param testShare of the classes, if none are named; default 0.3
 * @param seed of the dealing; default 1
 */
public record ClassParts(
    List<String> validation,
    List<String> test,
    @Range(min = 0, below = 1) Double validationShare,
    @Range(min = 0, below = 1) Double testShare,
    Long seed) {
  public ClassParts {
    validation = List.copyOf(Checks.given(validation, List.of()));
    test = List.copyOf(Checks.given(test, List.of()));
    boolean named = !validation.isEmpty() || !test.isEmpty();
    boolean shares =
        (validationShare != null && validationShare > 0) || (testShare != null && testShare > 0);
    if (named && shares) {
      throw new SettingException(
          testShare == null ? "validationShare" : "testShare",
          "says nothing beside classes that are named; leave one of them out");
    }
    if (named && test.isEmpty()) {
      throw new SettingException("test", "is missing: where classes are named, both parts are");
    }
    validationShare = Checks.given(validationShare, 0.0);
    testShare = Checks.given(testShare, named ? 0.0 : 0.3);
    seed = Checks.given(seed, 1L);
    Checks.ranges(ClassParts.class, validation, test, validationShare, testShare, seed);
  }

  /** Dealt by the default shares. */
  static ClassParts defaults() {
    return new ClassParts(null, null, null, null, null);
  }

  /**
   * The parts of some classes.
   *
   * @param classes their names, by label
   * @throws InputException if a name is none of theirs, or in both parts
   */
  ClassSplit of(List<String> classes) {
    if (test.isEmpty()) {
      return ClassSplit.deal(classes.size(), validationShare, testShare, seed);
    }
    List<Integer> forValidation = labels("validation", validation, classes);
    List<Integer> forTest = labels("test", test, classes);
    Optional<Integer> twice = forTest.stream().filter(forValidation::contains).findFirst();
    if (twice.isPresent()) {
      throw new SettingException(
          "test", "has class '%s', which is in validation too".formatted(classes.get(twice.get())));
    }
    List<Integer> rest =
        IntStream.range(0, classes.size())
            .boxed()
            .filter(label -> !forValidation.contains(label) && !forTest.contains(label))
            .toList();
    if (rest.isEmpty()) {
      throw new SettingException("test", "and validation leave no class to learn from");
    }
    return new ClassSplit(rest, forValidation, forTest);
  }

  private static List<Integer> labels(String key, List<String> names, List<String> classes) {
    List<Integer> labels = new ArrayList<>();
    for (String name : names) {
      List<Integer> found =
          IntStream.range(0, classes.size())
              .boxed()
              .filter(
                  label ->
                      classes.get(label).equals(name) || classes.get(label).startsWith(name + "/"))
              .toList();
      if (found.isEmpty()) {
        throw new SettingException(key, unknown(name, classes));
      }
      labels.addAll(found);
    }
    if (labels.stream().distinct().count() < labels.size()) {
      throw new SettingException(key, "names a class twice: %s".formatted(names));
    }
    return labels.stream().sorted().toList();
  }

  private static String unknown(String name, List<String> classes) {
    List<String> groups =
        classes.stream().map(each -> each.replaceFirst("/.*", "")).distinct().toList();
    return "names '%s', which is no class and no group of classes%s"
        .formatted(
            name,
            Suggestion.closest(name, groups)
                .map(" (did you mean '%s'?)"::formatted)
                .orElse("; there are " + String.join(", ", groups)));
  }
}
