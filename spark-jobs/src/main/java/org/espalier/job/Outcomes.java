package org.espalier.job;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.espalier.cost.NetworkCost;
import org.espalier.data.format.DatasetSettings;
import org.espalier.export.ExportProof;
import org.espalier.network.NetworkSpecs;
import org.espalier.training.EvaluationResult;

/** The parts that results of several jobs share. */
final class Outcomes {
  /** Among the circumstances in {@code result.json}: exports that are not in the model's folder. */
  static final String PROBLEMS = "problemsOfExports";

  private Outcomes() {}

  /** A network for {@code result.json}. */
  static Map<String, Object> network(FinalNetwork network, EvaluationResult test) {
    NetworkCost cost = NetworkCost.of(network.spec());
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("name", network.spec().name());
    outcome.put("specification", NetworkSpecs.hash(network.spec()));
    outcome.put("weights", network.weightsHash());
    outcome.put("widths", network.spec().widths());
    outcome.put("layers", network.spec().nodes().size());
    outcome.put("macs", cost.macs());
    outcome.put("parameters", cost.parameters());
    outcome.put("bytes", cost.bytes());
    outcome.put("peakActivationBytes", cost.peakActivationBytes());
    outcome.put("testImages", test.examples());
    outcome.put("testAccuracyPercent", 100 * test.accuracy());
    outcome.put("testTopKPercent", 100 * test.topK());
    outcome.put("testLoss", test.loss());
    return outcome;
  }

  /**
   * What may differ when a run is repeated.
   *
   * @param command as the person called it
   * @param wall of the last session
   * @param proofs of exports
   * @param problems of exports
   */
  static Map<String, Object> circumstances(
      String command, Duration wall, List<ExportProof> proofs, List<String> problems) {
    Map<String, Object> circumstances = new LinkedHashMap<>();
    circumstances.put("command", command);
    circumstances.put("wallSecondsOfLastSession", wall.toMillis() / 1000.0);
    circumstances.put("java", System.getProperty("java.vm.version"));
    circumstances.put("machine", System.getProperty("os.arch"));
    proofs.forEach(
        proof ->
            circumstances.put(
                "largestDifference"
                    + proof.format().name().charAt(0)
                    + proof.format().name().substring(1).toLowerCase(Locale.ROOT),
                proof.largestDifference()));
    if (!problems.isEmpty()) {
      circumstances.put(PROBLEMS, problems);
    }
    return circumstances;
  }

  /** One line about the exports. */
  static String proved(List<ExportProof> proofs) {
    return proofs.stream()
        .filter(ExportProof::passed)
        .map(
            proof ->
                String.format(
                    Locale.ROOT,
                    "%s agrees on %s of %d images, largest difference %.1e",
                    proof.format(),
                    Amounts.percent((double) proof.agreeing() / proof.images()),
                    proof.images(),
                    proof.largestDifference()))
        .collect(Collectors.joining("; "));
  }

  /** A data set's name in a title: its format. */
  static String dataName(DatasetSettings settings) {
    return settings.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }
}
