package org.espalier.job;

import java.util.ArrayList;
import java.util.List;
import org.espalier.data.Normalization;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.search.FoundNetwork;
import org.espalier.storage.Floats;
import org.espalier.training.ConfusionMatrix;
import org.espalier.training.EvaluationResult;
import org.espalier.training.TrainedWeights;

/** Networks of one layer with figures that a test chooses. */
final class JudgedNetworks {
  private JudgedNetworks() {}

  /** The same, found within a budget. */
  static SearchOutcome.Judged within(String budget, SearchOutcome.Judged judged) {
    return new SearchOutcome.Judged(judged.found().within(budget), judged.network(), judged.test());
  }

  /** With a validation accuracy ten points below that of the test. */
  static SearchOutcome.Judged of(String role, int number, String data, int width, double accuracy) {
    NetworkSpec spec = ReadyMade.plain(new ImageShape(8, 8, 1), 10, List.of(width), List.of(1));
    FoundNetwork found =
        new FoundNetwork(
            role,
            number,
            data,
            "",
            "[%s]".formatted(width),
            spec,
            Floats.EMPTY,
            Floats.EMPTY,
            accuracy - 0.1,
            new FoundNetwork.Work(1_500_000_000, 2_000_000_000));
    List<List<Integer>> counts = new ArrayList<>();
    counts.add(List.of(1));
    EvaluationResult test =
        new EvaluationResult(100, 1, accuracy, accuracy, 5, new ConfusionMatrix(counts), List.of());
    FinalNetwork network =
        new FinalNetwork(
            spec,
            new TrainedWeights(new float[0], new float[0]),
            Normalization.constant(1, 0, 1),
            255);
    return new SearchOutcome.Judged(found, network, test);
  }
}
