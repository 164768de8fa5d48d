package org.espalier.export;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Looks at a DL4J model file before DL4J does, because DL4J deserialises an entry {@code
 * preprocessor.bin} as a Java object, makes objects of whatever class the configuration names,
 * unpacks without limit and believes the sizes that an array claims.
 */
final class Dl4jZip {
  private static final String CONFIGURATION = "configuration.json";
  private static final String COEFFICIENTS = "coefficients.bin";

  /** Unpacked sizes: a configuration of 10,000 layers, and 128 million parameters. */
  private static final Map<String, Integer> LIMITS =
      Map.of(CONFIGURATION, 32 << 20, COEFFICIENTS, 512 << 20);

  /** DL4J's and ND4J's classes that are plain settings. */
  private static final List<String> PACKAGES =
      List.of(
          "org.deeplearning4j.nn.conf.",
          "org.deeplearning4j.nn.weights.",
          "org.nd4j.linalg.activations.impl.",
          "org.nd4j.linalg.learning.",
          "org.nd4j.linalg.lossfunctions.impl.",
          "org.nd4j.linalg.schedule.");

  /** Jackson keeps the last of two equal keys, DL4J acts on the first: refuse them. */
  private static final ObjectMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private Dl4jZip() {}

  /**
   * Does nothing if DL4J may open the file.
   *
   * @throws IllegalArgumentException naming the entry and what is wrong with it
   */
  static void check(byte[] file) {
    check(file, LIMITS);
  }

  static void check(byte[] file, Map<String, Integer> limits) {
    Set<String> seen = new HashSet<>();
    try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(file))) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        Integer limit = limits.get(name);
        if (limit == null) {
          throw refused(
              name, "is not read, only %s are".formatted(List.of(CONFIGURATION, COEFFICIENTS)));
        }
        if (!seen.add(name)) {
          throw refused(name, "comes twice");
        }
        InputStream content = new Limited(zip, name, limit);
        if (name.equals(CONFIGURATION)) {
          checkConfiguration(content.readAllBytes());
        } else {
          checkCoefficients(new DataInputStream(content));
        }
      }
    } catch (EOFException e) {
      throw new IllegalArgumentException("the DL4J model is no sound zip: it ends too early", e);
    } catch (IOException e) {
      throw new IllegalArgumentException("the DL4J model is no sound zip: " + e.getMessage(), e);
    }
    if (seen.size() < limits.size()) {
      throw new IllegalArgumentException(
          "a DL4J model is a zip of %s and %s, got %s"
              .formatted(CONFIGURATION, COEFFICIENTS, seen.stream().sorted().toList()));
    }
  }

  private static void checkConfiguration(byte[] json) throws IOException {
    Deque<JsonNode> open = new ArrayDeque<>();
    try {
      open.add(MAPPER.readTree(json));
    } catch (JsonProcessingException e) {
      throw refused(CONFIGURATION, "is no sound JSON: " + e.getOriginalMessage());
    }
    while (!open.isEmpty()) {
      JsonNode node = open.remove();
      JsonNode type = node.get("@class");
      if (type != null && PACKAGES.stream().noneMatch(type.asText()::startsWith)) {
        throw refused(CONFIGURATION, "names a class that is not DL4J's own: " + type);
      }
      node.forEach(open::add);
    }
  }

  /**
   * ND4J's format: two buffers, each of a kind, a length, an element type and elements. The first
   * holds rank, sizes, strides, flags, step and order; the second the values.
   */
  private static void checkCoefficients(DataInputStream data) throws IOException {
    long[] shape = readShape(data);
    data.readUTF();
    long length = data.readLong();
    String type = data.readUTF();
    if (!isRow(shape, length) || !type.equals("FLOAT")) {
      throw refused(COEFFICIENTS, "is no row of %s float32 values".formatted(length));
    }
    long bytes = 0;
    byte[] block = new byte[1 << 16];
    for (int n = data.read(block); n >= 0; n = data.read(block)) {
      bytes += n;
    }
    if (bytes % 4 != 0 || bytes / 4 != length) {
      throw refused(
          COEFFICIENTS, "claims %s float32 values and has %s bytes".formatted(length, bytes));
    }
  }

  private static long[] readShape(DataInputStream data) throws IOException {
    data.readUTF();
    long fields = data.readLong();
    String type = data.readUTF();
    if ((fields != 6 && fields != 8) || !type.equals("LONG")) {
      throw refused(COEFFICIENTS, "is no row of values");
    }
    long[] shape = new long[(int) fields];
    for (int i = 0; i < shape.length; i++) {
      shape[i] = data.readLong();
    }
    return shape;
  }

  /** Whether the fields are those of a vector or of a matrix of one row, densely stored. */
  private static boolean isRow(long[] fields, long length) {
    boolean vector = fields.length == 6 && fields[0] == 1 && fields[2] == 1;
    boolean matrix = fields.length == 8 && fields[0] == 2 && fields[1] == 1 && fields[4] == 1;
    return length >= 1 && (vector || matrix) && fields[(int) fields[0]] == length;
  }

  private static IllegalArgumentException refused(String entry, String why) {
    return new IllegalArgumentException("DL4J model: entry '%s' %s".formatted(entry, why));
  }

  /** Stops a zip bomb before it fills the memory. */
  private static final class Limited extends InputStream {
    private final InputStream content;
    private final String entry;
    private final int limit;
    private int read;

    Limited(InputStream content, String entry, int limit) {
      this.content = content;
      this.entry = entry;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int value = content.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int count = content.read(target, from, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int bytes) {
      read += bytes;
      if (read > limit) {
        throw refused(entry, "unpacks to more than %s bytes".formatted(limit));
      }
    }
  }
}
