package org.espalier.cli;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Mistakes in configurations. */
final class BadConfigurations {
  static final String GOOD =
      """
      seed: 1
      data:
        format: digits
      split:
        testShare: 0.25
      network:
        type: readyMade
        family: plain
        widths: [4, 4, 4, 4, 4, 4]
      training:
        epochs: 1
        batchSize: 32
        optimiser: {type: sgd, learningRate: 0.05}
        schedule: {type: cosine, warmUpEpochs: 1}
        augmentation: {cropPadding: 1}
      export:
        batch: 0
      """;

  static final String GOOD_SEARCH =
      """
      data:
        format: digits
      randomWidths:
        budget: {macs: 100_000}
        candidates: 2
        trial:
          epochs: 1
      groups: 4
      """;

  private BadConfigurations() {}

  static Stream<BadInput> all() {
    return Stream.of(training(), search(), density()).flatMap(all -> all);
  }

  private static Stream<BadInput> training() {
    return Stream.of(
        train("seed: 1", "sed: 1", "bad.yaml:1:1: unknown key 'sed'; did you mean 'seed'?"),
        train("seed: 1", "seed: x", "bad.yaml:1:7: seed: expected a whole number", "got 'x'"),
        train("seed: 1", "seed: 1\nseed: 2", "bad.yaml:2:1: seed: key is given twice"),
        train("  format: digits", "  format: digit", "unknown value 'digit'", "'digits'?"),
        train(
            "  format: digits",
            "  format: idx\n  path: \"a\\0b\"",
            "bad.yaml:4:9: data.path: holds a NUL character"),
        train("  format: digits", "  path: x", "data: missing key 'format', one of digits"),
        train("  format: digits", "  format: digits\n  path: x", "unknown key 'path'"),
        train("data:\n  format: digits", "dat:\n  format: digits", "unknown key 'dat'", "'data'?"),
        train("  testShare: 0.25", "  testShare: 0", "no test part", "split.testShare"),
        train("  testShare: 0.25", "  testShare: 1.5", ":5:3: split: testShare must be in [0, 1)"),
        train("  testShare: 0.25", "  testShare: .nan", "split.testShare: expected a number"),
        train(
            "  testShare: 0.25",
            "  testShare: 0.95",
            "validationShare + testShare must be below 1"),
        train("  testShare: 0.25", "  method: random", "stratified, hash, got 'random'"),
        train("family: plain", "family: plane", "bad.yaml:8:11", "did you mean 'plain'?"),
        train("type: readyMade", "type: readymade", "unknown value 'readymade'", "'readyMade'?"),
        train("[4, 4, 4, 4, 4, 4]", "[4, 4]", "bad.yaml:9:3", "widths must be 6", "got 2"),
        train("[4, 4, 4, 4, 4, 4]", "[4, 4, 4, 4, 4, 0]", "widths must be from 1 to 65536, got 0"),
        train("[4, 4, 4, 4, 4, 4]", "[4, 4, 4, 4, 4, x]", "network.widths[5]: expected a whole"),
        train("[4, 4, 4, 4, 4, 4]", "4", "network.widths: expected a list"),
        train("epochs: 1\n", "epochs: 0\n", "bad.yaml:11:3: training: epochs must be from 1 to"),
        train("epochs: 1\n", "epochs: 99999999999\n", "expected a whole number from"),
        train("epochs: 1\n", "epochs:\n", "training.epochs: has no value"),
        train("epochs: 1\n", "epoch: 1\n", "unknown key 'epoch' (training.epoch)", "'epochs'?"),
        train("batchSize: 32", "batchSize: -1", "batchSize must be from 1 to 65536, got -1"),
        train("type: sgd", "type: sdg", "unknown value 'sdg' (training.optimiser.type)", "'sgd'?"),
        train("learningRate: 0.05", "learningRate: 0", "learningRate must be above 0"),
        train("learningRate: 0.05", "momentum: 1", "momentum must be in [0, 1)"),
        train("{type: cosine, warmUpEpochs: 1}", "cosine", "training.schedule: expected keys"),
        train(
            "warmUpEpochs: 1",
            "warmUpEpochs: 7",
            "bad.yaml:14:28: training: schedule.warmUpEpochs must be at most the number of epochs,"
                + " 1, got 7.0"),
        train("cropPadding: 1", "cropPadding: -1", "cropPadding must be from 0 to 4096, got -1"),
        train("cropPadding: 1", "padding: 1", "unknown key 'padding'", "'cropPadding'?"),
        augmented("type: trivialaugment", "unknown value 'trivialaugment'", "'trivialAugment'?"),
        augmented("type: trivialAugment, magnitude: 9", "unknown key 'magnitude'"),
        augmented("type: randAugment, magnitude: 31", "magnitude must be from 0 to 30, got 31"),
        augmented("type: autoAugment, learnedOn: cifar", "got 'cifar'; did you mean 'cifar10'?"),
        augmented("type: file", "policy: at least one of learned, path must be given"),
        augmented(
            "type: file, path: {path}/no.json", "the augmentation policy", "no.json' cannot be"),
        augmented(
            "type: file, learned: {magnitudes: x, subPolicies: []}", "trivialAugment, got 'x'"),
        augmented(
            "type: file, learned: {magnitudes: autoAugment, subPolicies: []}",
            "bad.yaml:15:74: training.augmentation.policy.learned: subPolicies must be from 1 to"),
        step("operation: sheerX, probability: 0.5, level: 0.5", "'sheerX'", "'shearX'?"),
        step("operation: invert, probability: 1.5, level: 0", "probability must be in [0, 1]"),
        step("operation: invert, probability: 1, level: -1", "level must be in [0, 1], got -1.0"),
        step("operation: invert, level: 0", "missing key 'probability'"),
        train(
            "cropPadding: 1",
            "policy: {type: trivialAugment}, greyImages: refuse",
            "the augmentation policy has the operation color, which does nothing to grey images"),
        train("cropPadding: 1", "greyImages: ignore", "expected one of skip, refuse"),
        train("cropPadding: 1", "fill: 256", "fill must be from 0 to 255, got 256"),
        train("  batch: 0", "  batch: -2", "export: batch must be from 0 to 65536, got -2"),
        train("  batch: 0", "  batch: 0\ncheckpointSeconds: 0", "checkpointSeconds must be"),
        train("  batch: 0", "\tbatch: 0", "not valid YAML"),
        train(
            "  batch: 0", "  batch: *b", "bad.yaml:17:10: not valid YAML: found undefined alias b"),
        train(GOOD, "", "bad.yaml:1:1: the file is empty"),
        train(GOOD, "just words", "expected a mapping of keys to values"),
        train(
            "type: readyMade\n  family: plain\n  widths: [4, 4, 4, 4, 4, 4]",
            "type: file\n  path: {path}/none.json",
            "none.json"));
  }

  private static BadInput augmented(String policy, String... expected) {
    return train("cropPadding: 1", "policy: {%s}".formatted(policy), expected);
  }

  /** A policy of one step. */
  private static BadInput step(String step, String... expected) {
    return augmented(
        "type: file, learned: {magnitudes: autoAugment, subPolicies: [[{%s}]]}".formatted(step),
        expected);
  }

  private static Stream<BadInput> search() {
    return Stream.of(
        search("budget: {macs: 100_000}", "budgt: {macs: 1}", "unknown key 'budgt'", "'budget'?"),
        search("macs: 100_000", "mac: 1", "unknown key 'mac' (randomWidths.budget.mac)", "'macs'?"),
        search("macs: 100_000", "", "bad.yaml:4:11: randomWidths.budget: at least one of macs"),
        search("{macs: 100_000}", "100_000", "randomWidths.budget: expected keys and values"),
        search(
            "  budget: {macs: 100_000}\n",
            "",
            "bad.yaml:4:3: randomWidths: missing key 'budget': what a network may cost"),
        search("candidates: 2", "candidates: 0", "candidates must be from 1 to 100000, got 0"),
        search("candidates: 2", "choices: {shares: [1, 0.5]}", "shares must be rising"),
        search("candidates: 2", "choices: {widths: [8, 8]}", "widths must rise strictly"),
        search("candidates: 2", "choices: {layers: {layer1: [8, 4]}}", "layers.layer1 must rise"),
        search(
            "candidates: 2",
            "choices: {layers: {leyer1: [4]}}",
            "bad.yaml:5:22: randomWidths: choices.layers.leyer1 is no layer of the family",
            "did you mean 'layer1'? There are layer1, layer2"),
        search("randomWidths:", "randomWidth:", "unknown key 'randomWidth'", "'randomWidths'?"),
        search(
            GOOD_SEARCH.substring(
                GOOD_SEARCH.indexOf("randomWidths"), GOOD_SEARCH.indexOf("groups")),
            "",
            "bad.yaml:1:1: exactly one of ",
            "randomWidths",
            "must be given: the method that searches"),
        search(
            "groups: 4",
            "affineSharing: {budget: {macs: 1}}",
            "bad.yaml:8:1: exactly one of affineSharing, ",
            "must be given",
            "there are randomWidths, affineSharing"),
        search("groups: 4", "affineSharin: {}", "unknown key 'affineSharin'", "'affineSharing'?"),
        search(
            "randomWidths:\n  budget: {macs: 100_000}\n  candidates: 2\n  trial:\n    epochs: 1\n",
            "affineSharing:\n  budget: {macs: 100_000}\n  retrainings: 0\n",
            "bad.yaml:5:3: affineSharing.retrainings must be at least 1",
            "no network to hand over"),
        search(
            "groups: 4",
            "dataSets: {a: {format: digits}}",
            "bad.yaml:8:1: exactly one of data, dataSets must be given: what to learn from"),
        search("data:\n  format: digits\n", "", "exactly one of data, dataSets must be given"),
        search(
            "data:\n  format: digits\n",
            "dataSets:\n  a: {format: digits}\n  b/c: {format: digits}\n",
            "bad.yaml:1:1: dataSets must have names of letters",
            "got 'b/c'"),
        search(
            "data:\n  format: digits\n",
            "dataSets:\n  a: {format: digits}\n  b: {format: digits}\n",
            "dataSets must be one, as the method learns from one, got 2: a, b"),
        search("groups: 4", "groups: 0", "groups must be from 1 to"),
        search("groups: 4", "checkpointSeconds: -1", "checkpointSeconds must be from 0 to"),
        search("groups: 4", "startSeconds: 0", "startSeconds must be from 1 to"),
        search(
            "epochs: 1",
            "earlyStopping: {patience: 1}",
            "bad.yaml:7:5: randomWidths: trial.earlyStopping must be off"),
        search(
                "macs: 100_000",
                "macs: 100_000, parameters: 10",
                "10 parameters is below the smallest")
            .withCode(ExitCode.INFEASIBLE),
        search("macs: 100_000", "macs: 10", "below the smallest network")
            .withCode(ExitCode.INFEASIBLE));
  }

  private static Stream<BadInput> density() {
    return Stream.of(
        density("candidate: 4", "unknown key 'candidate'", "did you mean 'candidates'?"),
        density("candidates: -1", "augment.densityMatching: candidates must be from 0 to"),
        density("candidates: 4, draws: 0", "augment.densityMatching: draws must be from 1 to 1000"),
        density("proposer: {type: evolutoin}", "unknown value 'evolutoin'", "'evolution'?"),
        density("proposer: {type: mixture}", "densityMatching", "must learn from scores"),
        density(
            "training: {augmentation: {policy: {type: trivialAugment}}}",
            "training.augmentation.policy must be left out"),
        density("training: {earlyStopping: {patience: 1}}", "training.earlyStopping must be off"));
  }

  private static BadInput density(String matching, String... expected) {
    return search(
        "randomWidths:\n  budget: {macs: 100_000}\n  candidates: 2\n  trial:\n    epochs: 1\n",
        "augment:\n  densityMatching: {%s}\n".formatted(matching),
        expected);
  }

  private static BadInput train(String right, String wrong, String... expected) {
    return in("train", GOOD, right, wrong, expected);
  }

  private static BadInput search(String right, String wrong, String... expected) {
    return in("search", GOOD_SEARCH, right, wrong, expected);
  }

  private static BadInput in(
      String command, String good, String right, String wrong, String... expected) {
    if (!good.contains(right)) {
      throw new IllegalArgumentException("the good configuration has no '" + right + "'");
    }
    return BadInput.of(
            command + " --config {folder}/bad.yaml --output {folder}/run --master local", expected)
        .withFile("bad.yaml", good.replace(right, wrong).getBytes(StandardCharsets.UTF_8))
        .named(command + ": " + wrong.replace('\n', ' '));
  }
}
