package org.espalier.data.format;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.espalier.network.ImageShape;

/**
 * Reads pictures without labels, one after the other, as images of one shape: files, and whatever
 * pictures lie at any depth below folders, in the order of their names.
 */
public final class PictureFiles {
  private final ImageShape shape;
  private final PicturePreprocessing preprocessing;
  private final PictureDecoder decoder;
  private final Configuration configuration;
  private final Consumer<DataException> unreadable;
  private final Consumer<String> remarks;

  /**
   * A reader.
   *
   * @param shape of the images to make of the pictures, of 1 or 3 channels
   * @param preprocessing of the pictures
   * @param configuration of the Hadoop file systems that places may name
   * @param unreadable takes what is wrong with a picture that cannot be decoded, and may throw it;
   *     else the picture is left out
   * @param remarks takes lines for people about what was passed over
   */
  public PictureFiles(
      ImageShape shape,
      PicturePreprocessing preprocessing,
      Configuration configuration,
      Consumer<DataException> unreadable,
      Consumer<String> remarks) {
    if (shape.channels() != 1 && shape.channels() != 3) {
      throw new IllegalArgumentException("pictures become images of 1 or 3 channels, not " + shape);
    }
    this.shape = shape;
    this.preprocessing = preprocessing;
    this.configuration = configuration;
    this.unreadable = unreadable;
    this.remarks = remarks;
    decoder = new PictureDecoder(shape.channels(), preprocessing.maxPixels());
  }

  /** Takes pictures. */
  public interface Receiver {
    /**
     * Takes one.
     *
     * @param place of the file, beginning with the place that a person named
     * @param image unsigned bytes {@code [height, width, channels]}; the receiver's own
     */
    void take(String place, byte[] image);
  }

  /**
   * Looks whether there is something to read.
   *
   * @param place a file or folder: a URI of any Hadoop file system, or a local path
   * @param configuration of the file systems
   * @throws DataException if there is neither
   */
  public static void check(String place, Configuration configuration) {
    var unused = at(place, configuration);
  }

  private static DataPath at(String place, Configuration configuration) {
    DataPath path = DataPath.of(place, configuration);
    switch (path.kind()) {
      case FILE, FOLDER -> {
        return path;
      }
      case NOTHING -> throw new DataException(place, "no such file or folder");
      case DEAD_LINK -> throw new DataException(place, "is a link to nothing");
      default ->
          throw new DataException(
              place, "is neither a file nor a folder; expected a picture, or a folder of pictures");
    }
  }

  /**
   * Reads the picture of a file, whatever its name, or those below a folder.
   *
   * @param place as for {@link #check}
   * @throws DataException if there is nothing to read there, or a picture is not of the size that
   *     is needed
   */
  public void read(String place, Receiver receiver) {
    DataPath path = at(place, configuration);
    if (!path.isFolder()) {
      take(new Found(path, place), receiver);
      return;
    }
    PassedOver others = new PassedOver(path.toString(), PassedOver.NO_PICTURES);
    PassedOver circles = new PassedOver(path.toString(), "links to folders around them");
    String shown = place.matches(".*[^/]/+") ? place.replaceFirst("/+$", "") : place;
    long found = new Walk(others, circles, receiver).below(new Found(path, shown));
    others.report(remarks);
    circles.report(remarks);
    if (found == 0) {
      throw new DataException(
          place, "holds no pictures; expected %s".formatted(PictureFormat.NAMES));
    }
  }

  private void take(Found file, Receiver receiver) {
    byte[] bytes = ByteReader.whole(file.path(), PictureDecoder.MOST_FILE_BYTES, "a picture");
    DecodedPicture picture;
    try {
      picture = decoder.decode(file.shown(), bytes);
    } catch (DataException refused) {
      unreadable.accept(refused);
      return;
    }
    receiver.take(file.shown(), prepared(file.shown(), picture).pixels());
  }

  private DecodedPicture prepared(String where, DecodedPicture picture) {
    DecodedPicture inked = preprocessing.inverted() ? picture.inverted() : picture;
    if (preprocessing.scaled()) {
      return Resampling.scale(inked, shape.height(), shape.width());
    }
    if (inked.height() != shape.height() || inked.width() != shape.width()) {
      throw new DataException(
          where,
          ("picture of %s x %s pixels; expected %s x %s, as all pictures had that the network was"
                  + " trained on")
              .formatted(inked.height(), inked.width(), shape.height(), shape.width()));
    }
    return inked;
  }

  /**
   * A file or folder.
   *
   * @param path of it
   * @param shown as people know it
   */
  private record Found(DataPath path, String shown) {
    Found inside(DataPath entry) {
      return new Found(entry, shown + (shown.endsWith("/") ? "" : "/") + entry.name());
    }
  }

  /** A walk through a folder and all below it. */
  private final class Walk {
    private final FolderListing listing;
    private final PassedOver others;
    private final PassedOver circles;
    private final Receiver receiver;
    private final Deque<Path> around = new ArrayDeque<>();

    private Walk(PassedOver others, PassedOver circles, Receiver receiver) {
      this.listing = new FolderListing(others);
      this.others = others;
      this.circles = circles;
      this.receiver = receiver;
    }

    /** Reads all below a folder; how many pictures it found, readable or not. */
    private long below(Found folder) {
      Optional<Path> real = real(folder.path());
      if (real.filter(around::contains).isPresent()) {
        circles.add(folder.path().toString());
        return 0;
      }
      real.ifPresent(around::push);
      long found = 0;
      for (DataPath entry : listing.visible(folder.path())) {
        if (entry.isFolder()) {
          found += below(folder.inside(entry));
        } else if (FolderListing.isPicture(entry)) {
          found++;
          take(folder.inside(entry), receiver);
        } else {
          others.add(entry.toString());
        }
      }
      real.ifPresent(unused -> around.pop());
      return found;
    }

    /** Where a local folder is at the end of links; other file systems have none. */
    private Optional<Path> real(DataPath folder) {
      return folder.local().map(local -> folder.ask(local::toRealPath));
    }
  }
}
