package org.espalier.data.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.espalier.data.format.SampleFiles.cifar;
import static org.espalier.data.format.SampleFiles.cifarFolder;
import static org.espalier.data.format.SampleFiles.drawing;
import static org.espalier.data.format.SampleFiles.drawings;
import static org.espalier.data.format.SampleFiles.gzip;
import static org.espalier.data.format.SampleFiles.idxFolder;
import static org.espalier.data.format.SampleFiles.idxImages;
import static org.espalier.data.format.SampleFiles.idxLabels;
import static org.espalier.data.format.SampleFiles.imageFolder;
import static org.espalier.data.format.SampleFiles.picture;
import static org.espalier.data.format.SampleFiles.write;
import static org.espalier.data.format.SampleFiles.zip;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.espalier.data.ImageDataset;
import org.espalier.data.LabelledData;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatasetsTest {
  @TempDir private Path folder;

  @Test
  void digitsAreTheTestPartOfTheRepository() {
    LabelledData data = open(new DatasetSettings.Digits());

    ImageDataset images = data.images();
    assertThat(images.size()).isEqualTo(1797);
    assertThat(images.shape()).isEqualTo(new ImageShape(8, 8, 1));
    assertThat(images.maxValue()).isEqualTo(16);
    assertThat(data.officialTest()).isZero();
    assertThat(images.classes()).hasSize(10).startsWith("0", "1");
    // Class counts as documented for this data set.
    assertThat(images.classCounts(data.pool()))
        .containsExactly(178, 182, 177, 183, 181, 182, 181, 179, 174, 180);
    assertThat(images.image(0)).startsWith(0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15);
    assertThat(images.label(1796)).isEqualTo(8);
  }

  @Test
  void idxHasThePoolFirstAndTheOfficialTestPartBehind() {
    LabelledData data = open(new DatasetSettings.Idx(idxFolder(folder).toString(), "", null, null));

    assertThat(data.images().shape()).isEqualTo(new ImageShape(2, 3, 1));
    assertThat(data.images().labels()).containsExactly(0, 1, 1, 1, 0);
    assertThat(data.officialTestExamples()).containsExactly(3, 4);
    assertThat(data.images().image(1)).containsExactly(10, 11, 12, 13, 14, 15);
    assertThat(data.images().image(4)).containsExactly(10, 11, 12, 13, 14, 15);
  }

  @Test
  void gzippedFilesAndUrisGiveTheSameFingerprintAsPlainFiles() {
    LabelledData plain =
        open(
            new DatasetSettings.Idx(idxFolder(folder.resolve("plain")).toString(), "", null, null));
    Path packed = folder.resolve("packed, with space");
    write(packed.resolve("train-images-idx3-ubyte.gz"), gzip(idxImages(3, 2, 3)));
    write(packed.resolve("train-labels-idx1-ubyte.gz"), gzip(idxLabels(0, 1, 1)));
    write(packed.resolve("t10k-images-idx3-ubyte.gz"), gzip(idxImages(2, 2, 3)));
    write(packed.resolve("t10k-labels-idx1-ubyte"), idxLabels(1, 0));

    LabelledData gzipped = open(new DatasetSettings.Idx("file://" + packed, null, null, List.of()));

    assertThat(gzipped.fingerprint()).isEqualTo(plain.fingerprint());
  }

  @Test
  void emnistIsTransposedAndItsLettersBeginAtOne() {
    String prefix = "emnist-letters-";
    write(folder.resolve(prefix + "train-images-idx3-ubyte"), idxImages(2, 2, 3));
    write(folder.resolve(prefix + "train-labels-idx1-ubyte"), idxLabels(2, 1));
    write(folder.resolve(prefix + "test-images-idx3-ubyte"), idxImages(1, 2, 3));
    write(folder.resolve(prefix + "test-labels-idx1-ubyte"), idxLabels(2));

    LabelledData data =
        open(new DatasetSettings.Idx(folder.toString(), prefix, null, List.of("a", "b")));

    assertThat(data.images().shape()).isEqualTo(new ImageShape(3, 2, 1));
    assertThat(data.images().labels()).containsExactly(1, 0, 1);
    assertThat(data.images().image(0)).containsExactly(0, 3, 1, 4, 2, 5);
    assertThat(data.images().classes()).containsExactly("a", "b");
  }

  @Test
  void cifar10InterleavesItsPlanes() {
    write(cifarFolder(folder).resolve("batches.meta.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n\n");

    LabelledData data = open(new DatasetSettings.Cifar10(folder.toString()));

    assertThat(data.images().shape()).isEqualTo(new ImageShape(32, 32, 3));
    assertThat(data.images().labels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 9, 0, 5);
    assertThat(data.officialTest()).isEqualTo(3);
    assertThat(data.images().image(7)).startsWith(1, 2, 3, 1, 2, 3).endsWith(1, 2, 3);
    assertThat(data.images().classes()).startsWith("a", "b");
  }

  @Test
  void cifar100TakesTheFineLabels() {
    write(folder.resolve("train.bin"), cifar(2, IntStream.range(0, 100).toArray()));
    write(folder.resolve("test.bin.gz"), gzip(cifar(2, 42)));

    LabelledData data = open(new DatasetSettings.Cifar100(folder.toString()));

    assertThat(data.poolSize()).isEqualTo(100);
    assertThat(data.images().label(99)).isEqualTo(99);
    assertThat(data.images().label(100)).isEqualTo(42);
    assertThat(data.images().classes()).hasSize(100).endsWith("99");
  }

  @Test
  void imageFoldersAreReadByNameInThreeFormats() {
    imageFolder(folder);

    LabelledData data =
        open(new DatasetSettings.Folder(folder.toString(), null, null, 1, null, null));

    assertThat(data.images().classes()).containsExactly("apple", "pear");
    assertThat(data.images().labels()).containsExactly(0, 0, 1);
    assertThat(data.images().shape()).isEqualTo(new ImageShape(4, 6, 1));
    assertThat(data.images().image(0)).containsOnly(10);
    assertThat(data.images().image(1)).containsOnly(20);
    assertThat(data.images().image(2)).containsOnly((byte) 200);
    assertThat(data.officialTest()).isZero();
  }

  @Test
  void whatNoReaderOfPicturesWouldTakeIsPassedOverAndCounted() {
    imageFolder(folder);
    write(folder.resolve("pear/.hidden"), "");
    write(folder.resolve("pear/Thumbs.db"), "\u00d0\u00cf");
    write(folder.resolve("apple/.1.png.crc"), "not the sum of 1.png");
    write(folder.resolve("README.md"), "BM is a text here, and so are the bytes behind it");
    write(folder.resolve("desktop.ini"), "");
    write(folder.resolve("__MACOSX/pear/._a.jpg"), "");
    List<String> remarks = new ArrayList<>();

    LabelledData data = open(folder(folder), remarks);

    assertThat(data.images().labels()).containsExactly(0, 0, 1);
    assertThat(remarks)
        .containsExactly(
            "6 entries passed over, hidden or no pictures:"
                + " __MACOSX, README.md, desktop.ini, ...");
  }

  @Test
  void picturesThatCannotBeReadAreLeftOutIfThatIsWanted() {
    imageFolder(folder);
    byte[] whole = PillowPictures.file("colour-444.jpg");
    write(folder.resolve("apple/cut.jpg"), Arrays.copyOf(whole, whole.length / 2));
    write(folder.resolve("pear/empty.png"), new byte[0]);
    write(folder.resolve("pear/large.png"), picture("png", 40, 60, 30));
    write(folder.resolve("pear/later.heic"), "of a phone");
    List<String> remarks = new ArrayList<>();

    LabelledData data =
        open(
            new DatasetSettings.Folder(folder.toString(), null, null, null, 24, OnUnreadable.SKIP),
            remarks);

    assertThat(data.images().labels()).containsExactly(0, 0, 1);
    assertThat(remarks)
        .containsExactly(
            "4 entries passed over, unreadable: apple/cut.jpg, pear/empty.png, pear/large.png, ...");
  }

  @Test
  void theDiskThatDoesNotGiveAPictureIsNeverPassedOver() {
    Path picture = imageFolder(folder).resolve("apple/1.png");
    assumeTrue(picture.toFile().setReadable(false) && !Files.isReadable(picture));

    assertThatThrownBy(
            () ->
                open(
                    new DatasetSettings.Folder(
                        folder.toString(), null, null, null, null, OnUnreadable.SKIP)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("apple/1.png");
  }

  @Test
  void namesThatBeginWithAnUnderscoreOrLackAnExtensionAreRead() {
    imageFolder(folder);
    write(folder.resolve("pear/_MG_0001.png"), picture("png", 4, 6, 30));
    write(folder.resolve("pear/bitmap"), picture("bmp", 4, 6, 40));
    write(folder.resolve("_background_/\u00fc.png"), picture("png", 4, 6, 50));
    List<String> remarks = new ArrayList<>();

    LabelledData data = open(folder(folder), remarks);

    assertThat(data.images().classes()).containsExactly("_background_", "apple", "pear");
    assertThat(data.images().labels()).containsExactly(0, 1, 1, 2, 2, 2);
    assertThat(remarks).isEmpty();
  }

  @Test
  void trainValidationAndTestFoldersGiveTheParts() {
    imageFolder(folder.resolve("Train"));
    imageFolder(folder.resolve("validation"));
    imageFolder(folder.resolve("test"));
    write(folder.resolve("validation/pear/b.png"), picture("png", 4, 6, 30));
    write(folder.resolve("classes.txt"), "apple, pear");

    LabelledData data = open(folder(folder));

    assertThat(data.images().labels()).containsExactly(0, 0, 1, 0, 0, 1, 1, 0, 0, 1);
    assertThat(data.poolSize()).isEqualTo(3);
    assertThat(data.officialValidationExamples()).containsExactly(3, 4, 5, 6);
    assertThat(data.officialTestExamples()).containsExactly(7, 8, 9);
  }

  @Test
  void trainAndValidationFoldersLeaveTheTestPartToBeDealt() {
    imageFolder(folder.resolve("train"));
    imageFolder(folder.resolve("val"));

    LabelledData data = open(folder(folder));

    assertThat(data.officialValidation()).isEqualTo(3);
    assertThat(data.officialTest()).isZero();
  }

  @Test
  void classesMayBeCalledLikeParts() {
    write(folder.resolve("test/1.png"), picture("png", 4, 6, 30));
    write(folder.resolve("train/1.png"), picture("png", 4, 6, 40));
    write(folder.resolve("tram/1.png"), picture("png", 4, 6, 50));

    LabelledData data = open(folder(folder));

    assertThat(data.images().classes()).containsExactly("test", "train", "tram");
    assertThat(data.officialTest()).isZero();
  }

  @Test
  void trainAndTestFoldersGiveAnOfficialTestPart() {
    imageFolder(folder.resolve("train"));
    imageFolder(folder.resolve("test"));
    write(folder.resolve("test/pear/b.png"), picture("png", 9, 9, 30));

    LabelledData data = open(new DatasetSettings.Folder(folder.toString(), 2, 3, 3, null, null));

    assertThat(data.images().shape()).isEqualTo(new ImageShape(2, 3, 3));
    assertThat(data.images().labels()).containsExactly(0, 0, 1, 0, 0, 1, 1);
    assertThat(data.officialTest()).isEqualTo(4);
    assertThat(data.images().image(6)).hasSize(18).containsOnly(30);
  }

  @Test
  void csvTakesTheLabelFromAnyColumn() {
    String text = "a,b,label\r\n 1, 2 ,0\r\n\r\n3,4,1";
    Path file = write(folder.resolve("d.csv.gz"), gzip(text.getBytes(UTF_8)));

    LabelledData data =
        open(new DatasetSettings.Csv(file.toString(), 1, 2, null, 4, 2, true, null));
    LabelledData last =
        open(new DatasetSettings.Csv(file.toString(), 2, 1, null, 4, -1, true, null));

    assertThat(data.images().labels()).containsExactly(0, 1);
    assertThat(data.images().image(0)).containsExactly(1, 2);
    assertThat(data.images().image(1)).containsExactly(3, 4);
    assertThat(data.images().shape()).isEqualTo(new ImageShape(1, 2, 1));
    assertThat(last.images().labels()).containsExactly(0, 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0,1,2\n1,3,4\n",
        "0;1;2\n1;3;4\n",
        "0\t1\t2\n1\t3\t4\n",
        "0 \t 1\t2 \r\n 1\t3\t 4",
        "0\t,1\t,\t2\n1,3,4",
        "\ufeff0;1;2\n1;3;4\n",
      })
  void csvKnowsItsSeparatorsAndPassesOverAByteOrderMark(String text) {
    Path file = write(folder.resolve("d.csv"), text);

    LabelledData data =
        open(new DatasetSettings.Csv(file.toString(), 1, 2, null, 4, null, null, null));

    assertThat(data.images().labels()).containsExactly(0, 1);
    assertThat(data.images().image(0)).containsExactly(1, 2);
    assertThat(data.images().image(1)).containsExactly(3, 4);
  }

  @Test
  void aByteOrderMarkMayStandBeforeAHeader() {
    Path file = write(folder.resolve("d.csv"), "\ufefflabel;a;b\n0;1;2\n1;3;4\n");

    LabelledData data =
        open(new DatasetSettings.Csv(file.toString(), 1, 2, null, 4, null, true, null));

    assertThat(data.images().labels()).containsExactly(0, 1);
  }

  @Test
  void aHeaderThatLooksLikeAnImageIsMentioned() {
    Path file = write(folder.resolve("d.csv"), "0,1,2\n1,3,4\n0,2,2\n");
    List<String> remarks = new ArrayList<>();

    LabelledData data =
        open(new DatasetSettings.Csv(file.toString(), 1, 2, null, 4, null, true, null), remarks);

    assertThat(data.images().size()).isEqualTo(2);
    assertThat(remarks)
        .containsExactly("line 1 was passed over as a header, but holds only numbers");
  }

  @Test
  void labelsWithAGapAreClassesOfThoseThatOccur() {
    Path file = write(folder.resolve("d.csv"), "0,1,2\n4,3,4\n1,1,1\n3,0,0\n");
    List<String> remarks = new ArrayList<>();

    LabelledData data =
        open(new DatasetSettings.Csv(file.toString(), 1, 2, null, 4, null, null, null), remarks);
    LabelledData named =
        open(
            new DatasetSettings.Csv(
                file.toString(), 1, 2, null, 4, null, null, List.of("a", "b", "d", "e")));

    assertThat(data.images().classes()).containsExactly("0", "1", "3", "4");
    assertThat(data.images().labels()).containsExactly(0, 3, 1, 2);
    assertThat(named.images().classes()).containsExactly("a", "b", "d", "e");
    assertThat(named.images().labels()).containsExactly(0, 3, 1, 2);
    assertThat(remarks)
        .containsExactly("the labels are 0..1, 3..4; the numbers missing between are no classes");
  }

  @Test
  void idxFilesMayHaveADotBeforeTheirTypeAndLabelsAGap() {
    write(folder.resolve("train-images.idx3-ubyte"), idxImages(3, 2, 3));
    write(folder.resolve("train-labels.idx1-ubyte"), idxLabels(1, 3, 3));
    write(folder.resolve("t10k-images.idx3-ubyte.gz"), gzip(idxImages(2, 2, 3)));
    write(folder.resolve("t10k-labels.idx1-ubyte"), idxLabels(3, 1));

    LabelledData data =
        open(new DatasetSettings.Idx(folder.toString(), null, null, List.of("a", "c")));

    assertThat(data.images().labels()).containsExactly(0, 1, 1, 1, 0);
    assertThat(data.images().classes()).containsExactly("a", "c");
  }

  @Test
  void omniglotDrawingsBecomeWhiteOnBlackWithAClassForEachCharacter() {
    Path file = write(folder.resolve("small.zip"), zip(drawings()));

    LabelledData data = open(new DatasetSettings.Omniglot(file.toString(), 6, 6));

    assertThat(data.images().classes()).containsExactly("Greek/c01", "Latin/c01", "Latin/c02");
    assertThat(data.images().labels()).containsExactly(0, 0, 1, 1, 2, 2);
    byte[] first = data.images().image(0);
    byte[] expected = new byte[36];
    expected[6 + 1] = (byte) 255;
    assertThat(first).isEqualTo(expected);
  }

  @Test
  void omniglotDrawingsInTwoZipsCountOnce() {
    Map<String, byte[]> more = drawings();
    byte[] known = more.values().iterator().next();
    byte[] packedOtherwise = Arrays.copyOf(known, known.length + 1); // bytes after the end
    more.entrySet().iterator().next().setValue(packedOtherwise);
    more.put("set/Latin/c03/1.png", drawing(6, 4, 4));
    more.put("set/README.md", "about the set".getBytes(UTF_8));
    more.put("__MACOSX/set/Latin/c03/._1.png", new byte[] {0});
    write(folder.resolve("1.zip"), zip(drawings()));
    write(folder.resolve("2.zip"), zip(more));

    write(folder.resolve("licence.txt"), "MIT");
    List<String> remarks = new ArrayList<>();

    LabelledData data = open(new DatasetSettings.Omniglot(folder.toString(), null, null), remarks);

    assertThat(remarks)
        .containsExactly(
            "3 entries passed over, hidden or no pictures:"
                + " licence.txt, 2.zip!set/README.md, 2.zip!__MACOSX/set/Latin/c03/._1.png");
    assertThat(data.images().classes()).hasSize(4);
    assertThat(data.images().size()).isEqualTo(7);
    assertThat(data.images().shape()).isEqualTo(new ImageShape(28, 28, 1));
  }

  private static DatasetSettings folder(Path folder) {
    return new DatasetSettings.Folder(folder.toString(), null, null, null, null, null);
  }

  private static LabelledData open(DatasetSettings settings) {
    return Datasets.open(settings, new Configuration(false));
  }

  private static LabelledData open(DatasetSettings settings, List<String> remarks) {
    return Datasets.open(settings, new Configuration(false), remarks::add);
  }
}
