package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.imageio.ImageIO;
import org.espalier.data.SplitSettings;
import org.espalier.data.format.DatasetSettings;
import org.espalier.settings.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamedDataTest {
  private static final SplitSettings STANDARD = SplitSettings.STANDARD;

  @TempDir private Path folder;

  @Test
  void partsAsGivenAreSaidToBeSo() throws IOException {
    pictures("train", 4, 0);
    pictures("val", 2, 100);
    pictures("test", 3, 200);
    Files.createFile(folder.resolve("Thumbs.db"));

    NamedData data = open(STANDARD);

    assertThat(data.describe())
        .containsExactly(
            "18 images [2, 2, 3] of 2 classes: 8 to train, 4 to validate as given, 6 to test as"
                + " given",
            "1 entry passed over, hidden or no pictures: Thumbs.db");
  }

  @Test
  void duplicatesAcrossPartsAreMentioned() throws IOException {
    pictures("train", 4, 0);
    pictures("test", 3, 2);

    NamedData data = open(SplitSettings.of(null, 0.0, null, null));

    // Values 2 and 3 of each class are in both parts.
    assertThat(data.describe().get(1))
        .isEqualTo(
            "4 of the 6 images to validate and test are duplicates, with the same pixels as an image"
                + " of an earlier part: results look better than they are");
  }

  @Test
  void ofSeveralDataSetsEachIsDescribedByItsName() throws IOException {
    pictures("train", 4, 0);
    pictures("test", 3, 2);

    NamedData data =
        NamedData.open(
            new TreeMap<>(Map.of("own", settings(), "digits", new DatasetSettings.Digits())),
            SplitSettings.of(null, null, 0.3, null));

    List<String> lines = data.describe();
    assertThat(lines.get(0)).startsWith("digits: 1797 images");
    assertThat(lines.get(1)).startsWith("own: 14 images").endsWith("6 to test as given");
    assertThat(lines.get(2)).startsWith("own: 4 of the");
  }

  @Test
  void settingsForPartsThatAreGivenAreRefused() throws IOException {
    pictures("train", 4, 0);
    pictures("val", 2, 100);

    assertThatThrownBy(() -> open(SplitSettings.of(null, 0.2, null, null)))
        .isInstanceOf(SettingException.class)
        .hasMessageContainingAll("split.validationShare", "come with a validation part");
    assertThat(open(SplitSettings.of(null, null, 0.5, 3L)).describe().get(0))
        .endsWith("4 to train, 4 to validate as given, 4 to test");

    pictures("test", 3, 200);

    assertThatThrownBy(() -> open(SplitSettings.of(null, null, 0.5, null)))
        .hasMessageContainingAll("split.testShare", "come with a test part");
    assertThatThrownBy(() -> open(SplitSettings.of(null, null, null, 3L)))
        .hasMessageContainingAll("split.seed", "come with all parts");
    assertThatThrownBy(() -> open(SplitSettings.of(SplitSettings.Dealing.HASH, null, null, null)))
        .hasMessageContainingAll("split.method", "come with all parts");
    assertThat(open(SplitSettings.of(null, null, 0.0, null)).sets()).hasSize(1);
  }

  @Test
  void aSplitWithoutTestPartIsRefused() throws IOException {
    pictures("train", 1, 0);
    pictures("val", 1, 100);

    assertThatThrownBy(() -> open(STANDARD))
        .isInstanceOf(SettingException.class)
        .hasMessageContainingAll("split.testShare", "no test part of 2 images");
  }

  /** So many grey pictures of each of two classes, of values that rise from the first. */
  private void pictures(String part, int count, int first) throws IOException {
    for (String name : List.of("a", "b")) {
      Path place = Files.createDirectories(folder.resolve(part).resolve(name));
      for (int i = 0; i < count; i++) {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, first + i);
        image.setRGB(1, 0, name.charAt(0));
        ImageIO.write(image, "png", place.resolve(i + ".png").toFile());
      }
    }
  }

  private NamedData open(SplitSettings splitting) {
    return NamedData.open(Map.of("data", settings()), splitting);
  }

  private DatasetSettings settings() {
    return new DatasetSettings.Folder(folder.toString(), null, null, null, null, null);
  }
}
