package org.espalier.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a folder holds: the size and the SHA-256 of each file. It is written after the files, so a
 * folder with a manifest that agrees with it is complete.
 */
final class Manifest {
  static final String NAME = "MANIFEST";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private Manifest() {}

  /** The manifest of some files, as JSON: the same bytes for the same files. */
  static byte[] of(Map<String, byte[]> files) {
    SortedMap<String, Object> entries = new TreeMap<>();
    files.forEach(
        (name, content) ->
            entries.put(name, Map.of("bytes", content.length, "sha256", sha256(content))));
    try {
      return JSON.writeValueAsBytes(entries);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Files of a folder as names and contents, in the order of writing: its manifest is the last.
   *
   * @param files of it, by name
   */
  static Map<String, byte[]> folder(String folder, Map<String, byte[]> files) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    new TreeMap<>(files).forEach((name, content) -> contents.put(folder + "/" + name, content));
    contents.put(folder + "/" + NAME, of(files));
    return contents;
  }

  /**
   * Reads the files of a folder that its manifest vouches for.
   *
   * @param folder empty for the root
   * @return the files, or the reason why the folder does not count
   */
  static Verdict verify(RunFiles files, String folder) {
    Optional<byte[]> manifest;
    try {
      manifest = files.read(below(folder, NAME));
    } catch (IOException e) {
      return Verdict.damaged("its manifest cannot be read: " + RunFiles.text(e));
    }
    if (manifest.isEmpty()) {
      return Verdict.unfinished("it has no manifest, so it was not finished");
    }
    JsonNode entries;
    try {
      entries = JSON.readTree(manifest.get());
    } catch (IOException e) {
      // One that was cut off has no end: its writer died over it.
      return new String(manifest.get(), StandardCharsets.UTF_8).strip().endsWith("}")
          ? Verdict.damaged("its manifest cannot be read")
          : Verdict.unfinished("its manifest cannot be read");
    }
    if (!entries.isObject()) {
      return Verdict.unfinished("its manifest cannot be read");
    }
    SortedMap<String, byte[]> contents = new TreeMap<>();
    for (Map.Entry<String, JsonNode> entry : entries.properties()) {
      Optional<byte[]> content;
      try {
        content = files.read(below(folder, entry.getKey()));
      } catch (IOException e) {
        return Verdict.damaged(
            "its file %s cannot be read: %s".formatted(entry.getKey(), RunFiles.text(e)));
      }
      if (content.isEmpty()) {
        return Verdict.damaged("its file " + entry.getKey() + " is missing");
      }
      if (!sha256(content.get()).equals(entry.getValue().path("sha256").asText())) {
        return Verdict.damaged("its file " + entry.getKey() + " is damaged");
      }
      contents.put(entry.getKey(), content.get());
    }
    return new Verdict(Optional.of(contents), true, "");
  }

  private static String below(String folder, String name) {
    return folder.isEmpty() ? name : folder + "/" + name;
  }

  static String sha256(byte[] content) {
    return HexFormat.of().formatHex(digest().digest(content));
  }

  static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Whether a folder counts.
   *
   * @param files its files by name, if it does
   * @param finished whether it was once complete
   * @param reason why it does not count
   */
  record Verdict(Optional<SortedMap<String, byte[]>> files, boolean finished, String reason) {
    /** Its writer died over it, so nobody relied on it. */
    private static Verdict unfinished(String reason) {
      return new Verdict(Optional.empty(), false, reason);
    }

    /** It was complete, and something happened to it since. */
    private static Verdict damaged(String reason) {
      return new Verdict(Optional.empty(), true, reason);
    }
  }
}
