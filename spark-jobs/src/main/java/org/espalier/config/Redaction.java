package org.espalier.config;

import java.util.regex.Pattern;

/** Keeps secrets out of what is shown and written. */
public final class Redaction {
  /** What stands in place of a secret. */
  public static final String HIDDEN = "(hidden)";

  private static final Pattern SECRET =
      Pattern.compile("secret|token|password", Pattern.CASE_INSENSITIVE);

  private Redaction() {}

  /** Whether values of this key are hidden. */
  public static boolean hides(String key) {
    return SECRET.matcher(key).find();
  }
}
