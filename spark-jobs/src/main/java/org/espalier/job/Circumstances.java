package org.espalier.job;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Where and when a page was made, for people. Nothing of it decides what comes out.
 *
 * @param build of the program
 * @param spark version of Spark and where it runs, if it took part
 * @param arithmetic numeric platform of whatever computed; empty if nothing did yet
 * @param now when the page is written
 */
record Circumstances(Build build, Optional<String> spark, String arithmetic, Instant now) {
  private static final DateTimeFormatter MINUTE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT);

  /** Of this process, without Spark. */
  static Circumstances here(String arithmetic, Instant now) {
    return new Circumstances(Build.here(), Optional.empty(), arithmetic, now);
  }

  /** The time to the minute. */
  String date() {
    return MINUTE.format(now.atOffset(ZoneOffset.UTC));
  }

  /** A row a fact. */
  List<List<String>> rows() {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("version", build.version()));
    rows.add(List.of("commit", build.commit().orElse("not known: not built from a clone")));
    rows.add(
        List.of(
            "Java",
            "%s, %s"
                .formatted(
                    System.getProperty("java.vm.version"), System.getProperty("java.vm.name"))));
    spark.ifPresent(where -> rows.add(List.of("Spark", where)));
    rows.add(
        List.of(
            "machine",
            "%s %s, %s processors"
                .formatted(
                    System.getProperty("os.name"),
                    System.getProperty("os.arch"),
                    Runtime.getRuntime().availableProcessors())));
    if (!arithmetic.isEmpty()) {
      rows.add(List.of("arithmetic", arithmetic));
    }
    rows.add(List.of("date", date()));
    return rows;
  }
}
