package org.espalier.data.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
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

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.ImageDataset;
import org.espalier.data.LabelledData;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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
    write(imageFolder(folder).resolve("pear/.hidden"), "passed over");
    write(folder.resolve("_notes.txt"), "passed over");

    LabelledData data = open(new DatasetSettings.Folder(folder.toString(), null, null, 1, null));

    assertThat(data.images().classes()).containsExactly("apple", "pear");
    assertThat(data.images().labels()).containsExactly(0, 0, 1);
    assertThat(data.images().shape()).isEqualTo(new ImageShape(4, 6, 1));
    assertThat(data.images().image(0)).containsOnly(10);
    assertThat(data.images().image(1)).containsOnly(20);
    assertThat(data.images().image(2)).containsOnly((byte) 200);
    assertThat(data.officialTest()).isZero();
  }

  @Test
  void trainAndTestFoldersGiveAnOfficialTestPart() {
    imageFolder(folder.resolve("train"));
    imageFolder(folder.resolve("test"));
    write(folder.resolve("test/pear/b.png"), picture("png", 9, 9, 30));

    LabelledData data = open(new DatasetSettings.Folder(folder.toString(), 2, 3, 3, null));

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
    more.put("__MACOSX/set/Latin/c03/._1.png", new byte[] {0});
    write(folder.resolve("1.zip"), zip(drawings()));
    write(folder.resolve("2.zip"), zip(more));

    LabelledData data = open(new DatasetSettings.Omniglot(folder.toString(), null, null));

    assertThat(data.images().classes()).hasSize(4);
    assertThat(data.images().size()).isEqualTo(7);
    assertThat(data.images().shape()).isEqualTo(new ImageShape(28, 28, 1));
  }

  private static LabelledData open(DatasetSettings settings) {
    return Datasets.open(settings, new Configuration(false));
  }
}
