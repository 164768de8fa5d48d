package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.picture;
import static org.espalier.data.format.SampleFiles.write;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.espalier.data.ImageDataset;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFilesTest {
  private static final Configuration CONFIGURATION = new Configuration();
  private static final ImageShape SMALL = new ImageShape(4, 6, 1);
  private static final PicturePreprocessing SCALED = PicturePreprocessing.STANDARD;
  private static final PicturePreprocessing OWN_SIZE = new PicturePreprocessing(false, false, 1000);

  @TempDir private Path folder;
  private final List<String> remarks = new ArrayList<>();
  private final List<String> unreadable = new ArrayList<>();

  @BeforeEach
  void writePictures() {
    write(folder.resolve("b/deep/2.png"), picture("png", 4, 6, 20));
    write(folder.resolve("b/1.png"), picture("png", 8, 12, 10));
    write(folder.resolve("a.jpg"), picture("jpg", 4, 6, 200));
    write(folder.resolve("c"), picture("bmp", 4, 6, 30));
    write(folder.resolve("notes.txt"), "no picture");
    write(folder.resolve("b/.hidden.png"), picture("png", 4, 6, 1));
  }

  @Test
  void allPicturesBelowAFolderAreReadInTheOrderOfTheirNames() {
    Map<String, Integer> read = read(SCALED, folder + "//");

    assertThat(read.keySet())
        .containsExactly(
            folder + "/a.jpg", folder + "/b/1.png", folder + "/b/deep/2.png", folder + "/c");
    assertThat(read.values()).containsExactly(200, 10, 20, 30);
    assertThat(remarks)
        .containsExactly("2 entries passed over, hidden or no pictures: b/.hidden.png, notes.txt");
  }

  @Test
  void aFileThatIsNamedIsReadWhateverItsName() {
    write(folder.resolve(".d"), picture("png", 4, 6, 7));

    assertThat(read(SCALED, folder + "/.d")).containsExactly(Map.entry(folder + "/.d", 7));
    assertThat(read(SCALED, "file://" + folder + "/c")).hasSize(1);
  }

  @Test
  void imagesAreThoseOfADataSetWithTheSameSettings() {
    write(folder.resolve("set/x/1.png"), picture("png", 9, 7, 90));
    write(folder.resolve("set/y/1.jpg"), picture("jpg", 30, 20, 160));
    var settings = new DatasetSettings.Folder(folder + "/set", 4, 6, 1, null, null);
    ImageDataset expected = Datasets.open(settings, CONFIGURATION).images();
    List<byte[]> images = new ArrayList<>();

    files(settings.preprocessing()).read(folder + "/set", (place, image) -> images.add(image));

    assertThat(images).containsExactly(expected.image(0), expected.image(1));
  }

  @Test
  void drawingsAreInvertedAsThoseOfOmniglot() {
    assertThat(read(new PicturePreprocessing(true, true, 1000), folder + "/b/1.png"))
        .containsValue(245);
  }

  @Test
  void anotherSizeIsRefusedWhereNothingWasScaled() {
    assertThat(read(OWN_SIZE, folder + "/c")).hasSize(1);
    assertThatThrownBy(() -> read(OWN_SIZE, folder + "/b"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("/b/1.png: picture of 8 x 12 pixels; expected 4 x 6, as all");
  }

  @Test
  void whatCannotBeReadIsSaidAndLeftOut() {
    write(folder.resolve("b/0.png"), "text");
    write(folder.resolve("b/large.png"), picture("png", 40, 60, 10));

    Map<String, Integer> read = read(new PicturePreprocessing(true, false, 2399), folder + "/b");

    assertThat(read).hasSize(2);
    assertThat(unreadable)
        .satisfiesExactly(
            first -> assertThat(first).startsWith(folder + "/b/0.png: not a picture; expected"),
            second -> assertThat(second).contains("large.png: picture of 40 x 60 pixels"));
  }

  @Test
  void aLinkToAFolderAroundItEndsNothing() throws IOException {
    Files.createSymbolicLink(folder.resolve("b/deep/up"), folder);
    Files.createSymbolicLink(folder.resolve("b/deep/side"), folder.resolve("c"));

    Map<String, Integer> read = read(SCALED, folder.toString());

    assertThat(read).hasSize(5).containsKey(folder + "/b/deep/side");
    assertThat(remarks).contains("1 entry passed over, links to folders around them: b/deep/up");
  }

  @Test
  void aPlaceWithoutPicturesIsRefused() throws IOException, InterruptedException {
    Files.createSymbolicLink(folder.resolve("dead"), folder.resolve("gone"));
    Files.createDirectories(folder.resolve("empty/more"));

    refused(folder + "/none", "/none: no such file or folder");
    refused(folder + "/dead", "/dead: is a link to nothing");
    refused(folder + "/empty", "/empty: holds no pictures; expected PNG, JPEG");
    refused("", "names no file");
    refused("nosuch://x/y", "no file system for scheme 'nosuch'");
    Process made = new ProcessBuilder("mkfifo", folder + "/pipe").start();
    assumeTrue(made.waitFor() == 0);
    refused(folder + "/pipe", "/pipe: is neither a file nor a folder; expected a picture");
  }

  private void refused(String place, String message) {
    assertThatThrownBy(() -> read(SCALED, place))
        .isInstanceOf(DataException.class)
        .hasMessageContaining(message);
  }

  /** First value of each image by its place. */
  private Map<String, Integer> read(PicturePreprocessing preprocessing, String place) {
    Map<String, Integer> read = new LinkedHashMap<>();
    files(preprocessing)
        .read(
            place,
            (shown, image) -> {
              assertThat(image).hasSize(SMALL.size());
              read.put(shown, Byte.toUnsignedInt(image[0]));
            });
    return read;
  }

  private PictureFiles files(PicturePreprocessing preprocessing) {
    return new PictureFiles(
        SMALL,
        preprocessing,
        CONFIGURATION,
        problem -> unreadable.add(problem.getMessage()),
        remarks::add);
  }
}
