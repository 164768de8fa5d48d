package org.espalier.cli;

import org.espalier.job.Build;
import org.espalier.spark.SparkVersions;
import picocli.CommandLine.IVersionProvider;

/** What {@code --version} says: all that decides how a problem can be repeated. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    Build build = Build.here();
    return new String[] {
      "espalier %s%s, Java %s, Spark %s"
          .formatted(
              build.version(),
              build.commit().map(commit -> " (commit %s)".formatted(commit)).orElse(""),
              Runtime.version(),
              SparkVersions.own())
    };
  }
}
