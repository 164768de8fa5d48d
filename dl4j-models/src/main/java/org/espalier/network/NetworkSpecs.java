package org.espalier.network;

import java.util.List;
import org.espalier.storage.StrictJson;
import org.espalier.text.InputException;

/** {@link NetworkSpec} as JSON, and its hash. */
public final class NetworkSpecs {
  /** The format this program writes and reads, the field {@code format}. */
  public static final int FORMAT = 1;

  /** The longest text that is read, in characters. */
  public static final int MAX_CHARACTERS = 16 << 20;

  private static final StrictJson<Document> JSON =
      new StrictJson<>(Document.class, "a network", "layer", MAX_CHARACTERS);

  private NetworkSpecs() {}

  /** The network as JSON text over several lines, ending with a line feed. */
  public static String toJson(NetworkSpec spec) {
    return JSON.write(Document.of(spec));
  }

  /**
   * Reads what {@link #toJson} wrote, strictly: every field must be there, be known and be of its
   * type; and the layers must fit ({@link ShapeInference}).
   *
   * @param json the text
   * @param where what the text is called in messages: a file or URI
   * @throws IllegalArgumentException naming file, line, column and field, or the layer
   */
  public static NetworkSpec fromJson(String json, String where) {
    Document document = JSON.read(json, where);
    try {
      NetworkSpec spec = document.toSpec();
      ShapeInference.infer(spec);
      return spec;
    } catch (IllegalArgumentException e) {
      throw new InputException(where + ": " + e.getMessage(), e);
    }
  }

  /** SHA-256 of the JSON without white space, fields sorted: 64 hexadecimal digits. */
  public static String hash(NetworkSpec spec) {
    return JSON.hash(Document.of(spec));
  }

  /** What the file holds. */
  private record Document(int format, String name, ImageShape input, List<NetworkSpec.Node> nodes) {
    Document {
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "network format %s, this program reads format %s".formatted(format, FORMAT));
      }
    }

    static Document of(NetworkSpec spec) {
      return new Document(FORMAT, spec.name(), spec.input(), spec.nodes());
    }

    NetworkSpec toSpec() {
      return new NetworkSpec(name, input, nodes);
    }
  }
}
