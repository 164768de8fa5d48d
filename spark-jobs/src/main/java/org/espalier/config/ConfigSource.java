package org.espalier.config;

import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Objects;
import org.espalier.storage.SpecialFiles;

/**
 * The text of a configuration and where it came from.
 *
 * @param name the file as the user named it, for messages
 * @param text YAML
 */
public record ConfigSource(String name, String text) {
  /** Largest configuration read, in bytes. */
  public static final int LARGEST = 1 << 20;

  private static final String DATA = "data:text/yaml;name=";
  private static final String BASE64 = ";base64,";

  public ConfigSource {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(text, "text");
  }

  /**
   * Reads a configuration.
   *
   * @param place a local path, or a text of {@link #toDataUri}
   * @throws ConfigException if there is no such readable file
   */
  public static ConfigSource at(String place) {
    if (!isDataUri(place)) {
      return of(Path.of(place));
    }
    try {
      String[] parts = place.substring(DATA.length()).split(BASE64, 2);
      byte[] bytes = Base64.getUrlDecoder().decode(parts[1]);
      return new ConfigSource(
          URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
          new String(bytes, StandardCharsets.UTF_8));
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      throw new ConfigException("--config data:... cannot be read: " + e.getMessage());
    }
  }

  /** Whether a word is a text of {@link #toDataUri}. */
  public static boolean isDataUri(String word) {
    return word.startsWith(DATA);
  }

  /** The same without passwords within URIs. */
  public ConfigSource redacted() {
    return new ConfigSource(Redaction.text(name), Redaction.text(text));
  }

  /** Name and text in one word, for a driver that does not see this machine's files. */
  public String toDataUri() {
    String encoded =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    return DATA + URLEncoder.encode(name, StandardCharsets.UTF_8) + BASE64 + encoded;
  }

  /**
   * Reads a local file.
   *
   * @param file UTF-8, at most {@link #LARGEST} bytes
   * @throws ConfigException if there is no such readable file
   */
  public static ConfigSource of(Path file) {
    try {
      if (Files.isDirectory(file)) {
        throw new ConfigException(file + ": is a folder, expected a YAML file");
      }
      if (SpecialFiles.contains(file)) {
        throw new ConfigException(file + ": " + SpecialFiles.PROBLEM + " of YAML");
      }
      long size = Files.size(file);
      if (size > LARGEST) {
        throw new ConfigException(
            "%s: has %s bytes, a configuration has at most %s".formatted(file, size, LARGEST));
      }
      ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
      String text = StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
      return new ConfigSource(file.toString(), text);
    } catch (NoSuchFileException e) {
      throw new ConfigException(
          file + ": no such file (looked in " + Path.of("").toAbsolutePath() + ")");
    } catch (CharacterCodingException e) {
      throw new ConfigException(file + ": is not UTF-8 text, expected a YAML file");
    } catch (IOException e) {
      throw new ConfigException(file + ": cannot be read: " + e.getMessage());
    }
  }
}
