package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import org.espalier.search.SearchContext;
import org.espalier.storage.Archive;
import org.espalier.storage.ArchiveException;
import org.espalier.storage.Codec;
import org.junit.jupiter.api.Test;

class PositionsTest {
  private static final ToySearch SEARCH = new ToySearch(2, 3, 0.1);
  private static final Codec<ToySearch.State> CODEC = SEARCH.codecs().state();

  @Test
  void aPositionComesBackFromItsArchive() throws IOException {
    var position =
        new Position<>(
            7, SEARCH.start(new SearchContext(1, ToySearch.points())), "platform", "driver");
    byte[] file = Positions.archive(position, CODEC).toBytes();

    var back = Positions.read(Archive.read(new ByteArrayInputStream(file), "checkpoint"), CODEC);

    assertThat(back).isEqualTo(position);
  }

  @Test
  void otherArchivesAreRefusedByName() {
    Archive other = Archive.builder("weights").build();
    Archive empty =
        Archive.builder(Positions.KIND)
            .header(JsonNodeFactory.instance.objectNode())
            .bytes("state", new byte[0])
            .build();
    Archive corrupt =
        Archive.builder(Positions.KIND)
            .header(JsonNodeFactory.instance.objectNode().put("round", 1).put("platform", "p"))
            .bytes("state", new byte[] {1, 2, 3})
            .build();

    assertThatThrownBy(() -> Positions.read(other, CODEC))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("search-position");
    assertThatThrownBy(() -> Positions.read(empty, CODEC))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("no round or no platform");
    assertThatThrownBy(() -> Positions.read(corrupt, CODEC))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("not the bytes of a State");
  }
}
