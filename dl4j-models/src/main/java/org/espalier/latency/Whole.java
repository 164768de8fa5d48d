package org.espalier.latency;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Names of networks that are measured whole: what they are for and their picks. */
final class Whole {
  /** The correction is learnt from them. */
  static final String LEARN = "learn ";

  /** The corrected sum is checked on them. */
  static final String CHECK = "check ";

  /** A network that computes next to nothing: what every call takes. */
  static final String CALL = "call";

  private Whole() {}

  static String name(String purpose, List<Integer> picks) {
    return purpose + picks.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  static boolean is(String name) {
    return name.matches("(learn|check) [0-9]{1,9}(-[0-9]{1,9})*");
  }

  static List<Integer> picks(String name) {
    return Arrays.stream(name.substring(name.indexOf(' ') + 1).split("-", -1))
        .map(Integer::valueOf)
        .toList();
  }
}
