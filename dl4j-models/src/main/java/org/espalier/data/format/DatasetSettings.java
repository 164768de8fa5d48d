package org.espalier.data.format;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.inRange;
import static org.espalier.settings.Checks.notBlank;
import static org.espalier.settings.Checks.present;
import static org.espalier.settings.Checks.ranges;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import org.espalier.settings.Place;
import org.espalier.settings.Range;
import org.espalier.settings.Required;
import org.espalier.settings.SettingException;

/**
 * Which data set to read, and how its files are laid out. Paths are URIs of any Hadoop file system
 * or paths of the local one. A component that is left out takes its default.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "format")
public sealed interface DatasetSettings
    permits DatasetSettings.Digits,
        DatasetSettings.Idx,
        DatasetSettings.Cifar10,
        DatasetSettings.Cifar100,
        DatasetSettings.Folder,
        DatasetSettings.Csv,
        DatasetSettings.Omniglot {
  /** Largest height or width of an image. */
  int LARGEST_SIDE = 4096;

  /** Most pixels of a picture, if nothing else is said. */
  int MAX_PIXELS = 50_000_000;

  /** Where the files are; empty if the data come with the program. */
  default String path() {
    return "";
  }

  /**
   * Data of the same kind elsewhere; of what comes with the program, folders of pictures like those
   * of it.
   */
  DatasetSettings at(String other);

  /** What makes images like these of pictures. */
  default PicturePreprocessing preprocessing() {
    return PicturePreprocessing.STANDARD;
  }

  /** The UCI handwritten digits that come with the program: 1,797 images [8, 8, 1] of 0..16. */
  record Digits() implements DatasetSettings {
    @Override
    public DatasetSettings at(String other) {
      return new Folder(other, 8, 8, 1, null, null);
    }
  }

  /**
   * A folder with the four idx files of MNIST, Fashion-MNIST or EMNIST, each plain or {@code .gz},
   * with a hyphen or a dot before {@code idx}.
   *
   * @param path folder; required
   * @param prefix what the four file names begin with, such as {@code emnist-letters-}; default
   *     empty. With a prefix the test files are called {@code PREFIXtest-...}, as EMNIST does;
   *     without one {@code t10k-...}
   * @param transpose whether the files hold columns where others hold rows; default true exactly
   *     for a prefix that begins with {@code emnist}
   * @param classNames name of each class in the order of its labels, which may have gaps; default
   *     none, which takes the labels themselves as names
   */
  record Idx(
      @Required(value = "a folder", example = "data/fashion-mnist") @Place String path,
      String prefix,
      Boolean transpose,
      List<String> classNames)
      implements DatasetSettings {
    public Idx {
      notBlank("path", path);
      prefix = given(prefix, "");
      transpose = given(transpose, prefix.startsWith("emnist"));
      classNames = List.copyOf(given(classNames, List.of()));
    }

    @Override
    public DatasetSettings at(String other) {
      return new Idx(other, prefix, transpose, classNames);
    }
  }

  /**
   * A folder with the binary files of CIFAR-10, each plain or {@code .gz}.
   *
   * @param path folder; required
   */
  record Cifar10(
      @Required(value = "a folder", example = "data/cifar-10-batches-bin") @Place String path)
      implements DatasetSettings {
    public Cifar10 {
      notBlank("path", path);
    }

    @Override
    public DatasetSettings at(String other) {
      return new Cifar10(other);
    }
  }

  /**
   * A folder with the binary files of CIFAR-100, each plain or {@code .gz}; the fine labels are
   * read.
   *
   * @param path folder; required
   */
  record Cifar100(
      @Required(value = "a folder", example = "data/cifar-100-binary") @Place String path)
      implements DatasetSettings {
    public Cifar100 {
      notBlank("path", path);
    }

    @Override
    public DatasetSettings at(String other) {
      return new Cifar100(other);
    }
  }

  /**
   * A folder of PNG, JPEG, WebP, TIFF, GIF or BMP files, one folder a class, perhaps below {@code
   * train} with {@code val}, {@code test} or both, which then are the parts. What is hidden or no
   * picture is passed over and counted; links to nothing are refused. Values are taken as stored:
   * EXIF orientation is applied, colour profiles are not, transparency is laid on white, the first
   * frame or page counts.
   *
   * @param path folder; required
   * @param height rows to scale to; default 0, which keeps the files' own size, the same for all
   * @param width columns to scale to; 0 exactly if height is; default 0
   * @param channels 1 (grey) or 3 (red, green, blue); default 3
   * @param maxPixels most pixels a picture may have before it is decoded, at least 1; default
   *     50,000,000
   * @param onUnreadable what becomes of a picture that is damaged, cut off, of an unknown kind or
   *     of more than {@code maxPixels}; default fail
   */
  record Folder(
      @Required(value = "a folder", example = "data/flowers") @Place String path,
      @Range(min = 0, max = LARGEST_SIDE) Integer height,
      @Range(min = 0, max = LARGEST_SIDE) Integer width,
      @Range(min = 1, max = 3) Integer channels,
      @Range(min = 1, max = Integer.MAX_VALUE) Integer maxPixels,
      OnUnreadable onUnreadable)
      implements DatasetSettings {
    public Folder {
      notBlank("path", path);
      height = given(height, 0);
      width = given(width, 0);
      channels = given(channels, 3);
      maxPixels = given(maxPixels, MAX_PIXELS);
      onUnreadable = given(onUnreadable, OnUnreadable.FAIL);
      ranges(Folder.class, path, height, width, channels, maxPixels, onUnreadable);
      checkChannels(channels);
      if (height == 0 != (width == 0)) {
        throw new SettingException(
            "height",
            "and width must both be given or neither, got %s and %s".formatted(height, width));
      }
    }

    @Override
    public DatasetSettings at(String other) {
      return new Folder(other, height, width, channels, maxPixels, onUnreadable);
    }

    @Override
    public PicturePreprocessing preprocessing() {
      return new PicturePreprocessing(height > 0, false, maxPixels);
    }
  }

  /**
   * A text file, plain or {@code .gz}, with one image a line: its label and its pixels {@code
   * [height, width, channels]} as whole numbers parted by commas, semicolons or tabs.
   *
   * @param path file; required
   * @param height rows of an image; required
   * @param width columns of an image; required
   * @param channels 1 (grey) or 3 (red, green, blue); default 1
   * @param maxValue largest pixel value, 1 to 255; default 255
   * @param labelColumn column of the label from 0, or -1 for the last; default 0
   * @param header whether the first line holds column names; default false
   * @param classNames name of each class in the order of its labels, which may have gaps; default
   *     none, which takes the labels themselves as names
   */
  record Csv(
      @Required(value = "a file", example = "data/images.csv") @Place String path,
      @Required(value = "rows of an image", example = "28") @Range(min = 1, max = LARGEST_SIDE)
          Integer height,
      @Required(value = "columns of an image", example = "28") @Range(min = 1, max = LARGEST_SIDE)
          Integer width,
      @Range(min = 1, max = 3) Integer channels,
      @Range(min = 1, max = 255) Integer maxValue,
      @Range(min = -1, max = 3 * LARGEST_SIDE * LARGEST_SIDE) Integer labelColumn,
      Boolean header,
      List<String> classNames)
      implements DatasetSettings {
    public Csv {
      notBlank("path", path);
      present("height", height);
      present("width", width);
      channels = given(channels, 1);
      maxValue = given(maxValue, 255);
      labelColumn = given(labelColumn, 0);
      header = given(header, false);
      classNames = List.copyOf(given(classNames, List.of()));
      ranges(Csv.class, path, height, width, channels, maxValue, labelColumn, header, classNames);
      checkChannels(channels);
      inRange("labelColumn", -1, height * width * channels, labelColumn);
    }

    @Override
    public DatasetSettings at(String other) {
      return new Csv(other, height, width, channels, maxValue, labelColumn, header, classNames);
    }
  }

  /**
   * A zip file of Omniglot drawings, or a folder of such files: {@code
   * .../alphabet/character/drawing.png}. Each character is a class.
   *
   * @param path zip file or folder; required
   * @param height rows to scale to, at least 1; default 28
   * @param width columns to scale to, at least 1; default 28
   */
  record Omniglot(
      @Required(value = "a zip file or a folder", example = "data/omniglot") @Place String path,
      @Range(min = 1, max = LARGEST_SIDE) Integer height,
      @Range(min = 1, max = LARGEST_SIDE) Integer width)
      implements DatasetSettings {
    public Omniglot {
      notBlank("path", path);
      height = given(height, 28);
      width = given(width, 28);
      ranges(Omniglot.class, path, height, width);
    }

    @Override
    public DatasetSettings at(String other) {
      return new Omniglot(other, height, width);
    }

    @Override
    public PicturePreprocessing preprocessing() {
      return new PicturePreprocessing(true, true, OmniglotReader.MOST_PIXELS);
    }
  }

  private static void checkChannels(int channels) {
    if (channels != 1 && channels != 3) {
      throw new SettingException("channels", "must be 1 or 3, got " + channels);
    }
  }
}
