package org.espalier.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.search.Artefact;
import org.espalier.storage.Hashes;

/** The files of an artefact in a run's {@code artefacts/} folder, and what a result says of it. */
final class ArtefactFiles {
  private static final ObjectMapper JSON = new ObjectMapper();

  private ArtefactFiles() {}

  /** Contents by name: its own files and one that says what it is. */
  static Map<String, byte[]> of(Artefact artefact) {
    Map<String, byte[]> files = new LinkedHashMap<>();
    artefact.files().forEach((name, bytes) -> files.put(name, bytes.toArray()));
    try {
      files.put(
          Artefact.DESCRIPTION,
          JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(describe(artefact)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
    return files;
  }

  /** For {@code result.json}: what it is, and the SHA-256 of each file. */
  static Map<String, Object> outcome(Artefact artefact) {
    Map<String, Object> outcome = describe(artefact);
    Map<String, String> hashes = new TreeMap<>();
    artefact.files().forEach((name, bytes) -> hashes.put(name, Hashes.hex(bytes.toArray())));
    outcome.put("files", hashes);
    return outcome;
  }

  /** Bytes of its files. */
  static long bytes(Artefact artefact) {
    return artefact.files().values().stream().mapToLong(bytes -> bytes.size()).sum();
  }

  private static Map<String, Object> describe(Artefact artefact) {
    Map<String, Object> description = new LinkedHashMap<>();
    description.put("kind", artefact.kind());
    description.put("name", artefact.name());
    description.put("version", artefact.version());
    return description;
  }
}
