package org.espalier.launch;

import java.io.File;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the driver gets of the person's command line: without what was for the launcher, and in
 * cluster mode with a configuration and a folder that are the same on the driver's machine.
 */
final class DriverArguments {
  private static final Set<String> WITH_VALUE = Set.of("--deploy-mode", "--conf");
  private static final Set<String> FLAGS = Set.of("--print-command");
  private static final Set<String> REPLACED = Set.of("--config", "--output");

  private DriverArguments() {}

  static List<String> of(Submission submission) {
    List<String> kept = new ArrayList<>();
    Iterator<String> words = submission.arguments().iterator();
    while (words.hasNext()) {
      String word = words.next();
      String name = word.replaceFirst("=.*", "");
      boolean ours =
          WITH_VALUE.contains(name) || (submission.clusterMode() && REPLACED.contains(name));
      if (ours && name.equals(word) && words.hasNext()) {
        words.next();
      } else if (!ours && !FLAGS.contains(word)) {
        kept.add(word);
      }
    }
    if (submission.clusterMode()) {
      config(submission)
          .ifPresent(
              config -> {
                kept.add("--config");
                kept.add(config);
              });
      kept.add("--output");
      kept.add(submission.output());
    }
    return kept;
  }

  /** YARN alone puts files beside a driver; elsewhere the text itself goes along. */
  private static Optional<String> config(Submission submission) {
    return submission
        .config()
        .map(config -> submission.yarn() ? new File(config.name()).getName() : config.toDataUri());
  }
}
