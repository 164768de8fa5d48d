package org.espalier.job;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.Properties;

/**
 * Which build of the program this is, as Maven wrote it down.
 *
 * @param version of the project
 * @param commit of the sources, with {@code -dirty} behind it if they were changed since; empty if
 *     they were no clone
 */
public record Build(String version, Optional<String> commit) {
  private static final String RESOURCE = "build.properties";

  /** The build that runs. */
  public static Build here() {
    Properties properties = new Properties();
    try (InputStream in = Build.class.getResourceAsStream(RESOURCE)) {
      if (in != null) {
        properties.load(in);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return of(properties);
  }

  static Build of(Properties properties) {
    return new Build(
        properties.getProperty("version", "unknown"),
        Optional.of(properties.getProperty("commit", "").strip()).filter(each -> !each.isEmpty()));
  }
}
