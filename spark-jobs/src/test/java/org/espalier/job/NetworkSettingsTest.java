package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.Genotype;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkSettingsTest {
  private static final ImageShape IMAGES = new ImageShape(8, 8, 1);
  private static final CellSpaceSettings SPACE = new CellSpaceSettings.NasBench201();

  @TempDir private Path folder;

  @Test
  void aFoundCellIsBuiltInAnyDepthAndWidth() throws IOException {
    GatedSpace space = SPACE.of(new Skeleton(2, 5, IMAGES, 3));
    List<Integer> picks = List.of(3, 2, 1, 3, 4, 1);
    String path = written(Genotype.of(space, picks).toJson());

    NetworkSpec network = new NetworkSettings.Genotype(path, SPACE, 2, 5).build(IMAGES, 3);

    assertThat(network).isEqualTo(space.network(picks));
  }

  @Test
  void aGenotypeThatDoesNotFitIsRefusedByItsFile() throws IOException {
    String path = written("{\"format\": 1, \"space\": \"darts\", \"choices\": {}}");

    assertThatThrownBy(() -> new NetworkSettings.Genotype(path, SPACE, 2, 5).build(IMAGES, 3))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(path)
        .hasMessageContaining("the genotype is of the space 'darts', expected 'nas-bench-201'");
    assertThatThrownBy(() -> new NetworkSettings.Genotype(path + "x", SPACE, 2, 5).build(IMAGES, 3))
        .hasMessageContaining("the genotype '%sx' cannot be read".formatted(path));
  }

  private String written(String text) throws IOException {
    return Files.writeString(folder.resolve("genotype.json"), text).toString();
  }
}
