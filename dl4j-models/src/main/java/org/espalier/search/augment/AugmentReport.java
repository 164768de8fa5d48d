package org.espalier.search.augment;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.espalier.augment.Canvas;
import org.espalier.augment.ImageOperation;
import org.espalier.augment.LearnedPolicy;
import org.espalier.augment.PolicyStep;
import org.espalier.augment.Step;
import org.espalier.report.Chart;
import org.espalier.report.Code;
import org.espalier.report.Folded;
import org.espalier.report.Picture;
import org.espalier.report.Pictures;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.storage.Bytes;
import org.espalier.tensor.Seeds;

/**
 * What {@link AugmentSearch} tells people.
 *
 * @param form what policies can be made of
 * @param state how far it is
 * @param fill value of pixels that operations leave empty
 */
record AugmentReport(PolicyForm form, AugmentState state, int fill) {
  /** Lines that a chart can hold before nobody can tell them apart. */
  private static final int MOST_LINES = 20;

  private static final long SHEET = 71;

  /** Of the end. */
  List<Section> sections(LearnedPolicy found) {
    List<Section> sections = new ArrayList<>();
    sections.add(sheet(found));
    sections.addAll(rounds());
    sections.add(new Folded("All sub-policies", List.of(table())));
    sections.add(new Folded("Policy", List.of(new Code("policy.json", found.toJson()))));
    return sections;
  }

  /** Each sub-policy of what was found: some images before it and as it changes them. */
  private Section sheet(LearnedPolicy found) {
    List<Picture> pictures = new ArrayList<>();
    Canvas canvas = new Canvas(state.images(), state.samples().maxValue(), fill);
    for (int i = 0; i < state.samples().images().size(); i++) {
      canvas.load(state.samples().images().get(i).toArray());
      pictures.add(picture(canvas, "before"));
    }
    for (List<PolicyStep> steps : found.subPolicies()) {
      RandomGenerator random = Seeds.generator(state.seed(), SHEET);
      String caption = steps.stream().map(AugmentReport::caption).collect(Collectors.joining(", "));
      for (Bytes image : state.samples().images()) {
        canvas.load(image.toArray());
        for (PolicyStep step : steps) {
          Step drawn =
              found.magnitudes().draw(step.operation(), step.level(), state.images(), random);
          canvas.apply(List.of(drawn));
        }
        pictures.add(picture(canvas, caption));
      }
    }
    return new Pictures(
        "Images before the policy, and as each of its sub-policies changes them", pictures);
  }

  private static String caption(PolicyStep step) {
    return step.operation().identity().isPresent()
        ? String.format(Locale.ROOT, "%s %.2f", step.operation(), step.level())
        : step.operation().toString();
  }

  private Picture picture(Canvas canvas, String caption) {
    return new Picture(state.images(), Bytes.of(canvas.pixels().clone()), caption);
  }

  /** How the policy went. */
  List<Section> rounds() {
    return List.of(
        chart(
            "How much each sub-policy is in",
            "share",
            form.subPolicies().size(),
            this::name,
            (log, each) -> log.in().get(each)),
        chart(
            "Probability that an operation of a sub-policy is applied",
            "probability",
            form.operations(),
            this::operationName,
            (log, each) -> log.applied().get(each)),
        chart(
            "Levels",
            "level",
            form.operations(),
            this::operationName,
            (log, each) -> log.levels().get(each)),
        new Chart(
            "Loss of the network on changed images",
            "round",
            "nats",
            List.of(line("loss", AugmentState.Log::loss))),
        new Chart(
            "Deviation of the rewards from the mean of their batch",
            "round",
            "nats a unit of weights",
            List.of(line("deviation", AugmentState.Log::deviation))));
  }

  /** A number of a round. */
  private interface Of {
    double in(AugmentState.Log log, int each);
  }

  /** One line each, of many those that ended highest. */
  private Section chart(
      String title, String unit, int count, Function<Integer, String> name, Of of) {
    List<Integer> shown = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      shown.add(i);
    }
    if (!state.log().isEmpty() && count > MOST_LINES) {
      AugmentState.Log last = state.log().get(state.log().size() - 1);
      shown.sort(Comparator.comparingDouble(each -> -of.in(last, each)));
    }
    List<Chart.Line> lines =
        shown.stream()
            .limit(MOST_LINES)
            .map(each -> line(name.apply(each), log -> of.in(log, each)))
            .toList();
    return new Chart(title, "round", unit, lines);
  }

  private Chart.Line line(String name, ToDoubleFunction<AugmentState.Log> value) {
    List<Chart.Point> points = new ArrayList<>();
    for (AugmentState.Log log : state.log()) {
      points.add(new Chart.Point(points.size() + 1, value.applyAsDouble(log)));
    }
    return new Chart.Line(name, points, Chart.Style.CURVE);
  }

  private String name(int subPolicy) {
    return form.subPolicies().get(subPolicy).stream()
        .map(ImageOperation::toString)
        .collect(Collectors.joining(", "));
  }

  /** An operation is in many pairs: of these, it says which. */
  private String operationName(int operation) {
    int subPolicy = form.subPolicy(operation);
    String name = form.operation(operation).toString();
    return form.subPolicies().get(subPolicy).size() == 1
        ? name
        : "%s of %s".formatted(name, name(subPolicy));
  }

  private Section table() {
    List<Double> in = state.draft().in(form);
    List<Double> applied = state.draft().applied(form);
    List<Double> levels = state.draft().levels().values();
    List<List<String>> rows = new ArrayList<>();
    for (int subPolicy = 0; subPolicy < form.subPolicies().size(); subPolicy++) {
      for (int place = 0; place < form.subPolicies().get(subPolicy).size(); place++) {
        int operation = form.first(subPolicy) + place;
        double value =
            form.magnitudes()
                .value(form.operation(operation), levels.get(operation), state.images());
        rows.add(
            List.of(
                name(subPolicy),
                form.operation(operation).toString(),
                number(in.get(subPolicy)),
                number(applied.get(operation)),
                number(levels.get(operation)),
                number(value)));
      }
    }
    return new Table(
        "One an operation of each",
        List.of("sub-policy", "operation", "in", "applied", "level", "value"),
        rows,
        2);
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
