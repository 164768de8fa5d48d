package org.espalier.config;

import java.util.regex.Pattern;

/** Keeps secrets out of what is shown and written. */
public final class Redaction {
  /** What stands in place of a secret. */
  public static final String HIDDEN = "(hidden)";

  private static final Pattern SECRET =
      Pattern.compile(
          "secret|token|password|passphrase|credential|access[._-]?key|api[._-]?key",
          Pattern.CASE_INSENSITIVE);

  /** What stands between the user's name and the last @ before the path, if it has a colon. */
  private static final Pattern PASSWORD =
      Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*://[^/\\s:@\"'<>]*:)[^/\\s\"'<>]*@");

  /** Signatures and keys in the question of a URI, as signed links to object stores have them. */
  private static final Pattern PARAMETER =
      Pattern.compile(
          "([?&][A-Za-z0-9._-]*(?:secret|token|password|signature|credential|sig"
              + "|(?:access|api|account)[._-]?key|(?<![a-z])key)=)"
              + "[^&\\s\"'<>#]+",
          Pattern.CASE_INSENSITIVE);

  private Redaction() {}

  /** Whether values of this key are hidden. */
  public static boolean hides(String key) {
    return SECRET.matcher(key).find();
  }

  /** The text with {@link #HIDDEN} in place of every password and signature within a URI. */
  public static String text(String text) {
    if (text.indexOf("://") < 0) {
      return text;
    }
    String hidden = PASSWORD.matcher(text).replaceAll("$1" + HIDDEN + "@");
    return PARAMETER.matcher(hidden).replaceAll("$1" + HIDDEN);
  }
}
