package org.espalier.search.rounds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.espalier.storage.Archive;
import org.espalier.storage.ArchiveException;
import org.espalier.storage.Codec;

/** Positions as archives: what a checkpoint of a search holds. */
public final class Positions {
  /** The kind of these archives. */
  public static final String KIND = "search-position";

  private static final String ROUND = "round";
  private static final String PLATFORM = "platform";
  private static final String DRIVER = "driver";
  private static final String STATE = "state";

  private Positions() {}

  /** Writes a position. */
  public static <S> Archive archive(Position<S> position, Codec<S> codec) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    header
        .put(ROUND, position.round())
        .put(PLATFORM, position.platform())
        .put(DRIVER, position.driver());
    return Archive.builder(KIND)
        .header(header)
        .bytes(STATE, codec.encode(position.state()))
        .build();
  }

  /**
   * Reads what {@link #archive} wrote.
   *
   * @throws ArchiveException if it holds something else
   */
  public static <S> Position<S> read(Archive archive, Codec<S> codec) {
    archive.require(KIND);
    JsonNode round = archive.header().path(ROUND);
    JsonNode platform = archive.header().path(PLATFORM);
    String driver = archive.header().path(DRIVER).asText();
    if (!round.isInt() || !platform.isTextual()) {
      throw new ArchiveException(archive.where(), "no round or no platform in the header");
    }
    try {
      S state = codec.decode(archive.bytes(STATE));
      return new Position<>(round.intValue(), state, platform.textValue(), driver);
    } catch (IllegalArgumentException malformed) {
      throw new ArchiveException(archive.where(), malformed.getMessage());
    }
  }
}
