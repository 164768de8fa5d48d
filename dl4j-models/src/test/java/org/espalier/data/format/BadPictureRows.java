package org.espalier.data.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.espalier.data.format.BadData.changed;
import static org.espalier.data.format.BadData.cut;
import static org.espalier.data.format.BadData.row;
import static org.espalier.data.format.SampleFiles.drawing;
import static org.espalier.data.format.SampleFiles.drawings;
import static org.espalier.data.format.SampleFiles.imageFolder;
import static org.espalier.data.format.SampleFiles.picture;
import static org.espalier.data.format.SampleFiles.write;
import static org.espalier.data.format.SampleFiles.zip;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bad image folders and Omniglot zips. */
final class BadPictureRows {
  private BadPictureRows() {}

  static Stream<Arguments> rows() {
    return Stream.concat(folderRows(), zipRows());
  }

  private static Stream<Arguments> folderRows() {
    byte[] png = picture("png", 4, 6, 10);
    byte[] jpeg = picture("jpg", 64, 64, 10);
    byte[] bmp = picture("bmp", 4, 6, 10);
    return Stream.of(
        folder(
            "text called .png",
            "pear/b.png",
            "no picture".getBytes(UTF_8),
            "pear/b.png",
            "not a picture",
            "'onUnreadable: skip' leaves such pictures out",
            "expected PNG, JPEG, WebP"),
        folder("an empty file", "pear/b.png", new byte[0], "pear/b.png", "not a picture"),
        folder(
            "a PNG cut off",
            "pear/b.png",
            cut(png, png.length / 2),
            "pear/b.png",
            "damaged or cut-off"),
        folder(
            "a JPEG cut off",
            "pear/b.jpg",
            cut(jpeg, jpeg.length - 20),
            "pear/b.jpg",
            "damaged or cut-off"),
        folder(
            "a BMP cut off",
            "pear/b.bmp",
            cut(bmp, bmp.length - 30),
            "pear/b.bmp",
            "damaged or cut-off"),
        folder(
            "a PNG with a damaged header",
            "pear/b.png",
            changed(png, 24, 77),
            "pear/b.png",
            "wrong checksum of the chunk IHDR at byte 8"),
        folder(
            "a PNG with damaged pixels",
            "pear/b.png",
            changed(png, png.length - 17, png[png.length - 17] ^ 1),
            "pear/b.png",
            "wrong checksum of the chunk IDAT at byte 33"),
        folder(
            "a picture of another size",
            "pear/b.png",
            picture("png", 5, 6, 1),
            "pear/b.png",
            "5 x 6 pixels",
            "expected 4 x 6",
            "apple/1.png",
            "height and width"),
        folder(
            "a picture of a kind that is not read",
            "pear/c.heic",
            new byte[] {1},
            "pear/c.heic",
            "not a picture"),
        folder(
            "a picture without extension that is cut off",
            "pear/c",
            cut(png, png.length / 2),
            "pear/c",
            "damaged or cut-off"),
        folder(
            "a picture beside the class folders",
            "plum.png",
            png,
            "plum.png",
            "lies beside folders",
            "inside of class folders"),
        folder(
            "a folder in a class",
            "pear/more/c.png",
            png,
            "pear/more",
            "is a folder",
            "only pictures"),
        row(
            "a class with nothing but other files",
            folder -> {
              write(imageFolder(folder).resolve("quince/notes.txt"), "x");
              return folder(folder);
            },
            "quince",
            "empty class"),
        row(
            "a link to nothing",
            folder -> {
              link(imageFolder(folder).resolve("pear/b.png"), "../.git/annex/objects/1.png");
              link(folder.resolve("pear/c.png"), "c.png");
              return folder(folder);
            },
            "pear/b.png",
            "link to nothing (1 more in this folder)",
            "git-annex"),
        row(
            "a link to nothing in place of the folder",
            folder -> folder(link(folder.resolve("disk"), "/not/mounted")),
            "/disk",
            "is a link to nothing"),
        row(
            "an empty class",
            folder -> {
              imageFolder(folder).resolve("quince").toFile().mkdir();
              return folder(folder);
            },
            "quince",
            "empty class",
            "at least one picture"),
        row("no class", BadPictureRows::folder, "has no folders", "one folder a class"),
        row(
            "other classes in test than in train",
            folder -> {
              imageFolder(folder.resolve("train"));
              write(folder.resolve("test/plum/1.png"), png);
              return folder(folder);
            },
            "test",
            "[apple, pear] missing",
            "[plum] more"),
        row(
            "other classes in validation than in train",
            folder -> {
              imageFolder(folder.resolve("train"));
              imageFolder(folder.resolve("test"));
              write(folder.resolve("val/apple/1.png"), png);
              return folder(folder);
            },
            "val",
            "[pear] missing",
            "[] more"),
        row(
            "a folder beside parts",
            folder -> {
              imageFolder(folder.resolve("train"));
              imageFolder(folder.resolve("val"));
              imageFolder(folder.resolve("unlabelled"));
              return folder(folder);
            },
            "unlabelled",
            "lies beside train",
            "val, test or both"),
        row(
            "two validation parts",
            folder -> {
              imageFolder(folder.resolve("train"));
              imageFolder(folder.resolve("val"));
              imageFolder(folder.resolve("valid"));
              return folder(folder);
            },
            "/valid",
            "lies beside train"),
        row(
            "parts without one to learn from",
            folder -> {
              imageFolder(folder.resolve("val"));
              imageFolder(folder.resolve("test"));
              return folder(folder);
            },
            "has only test, val",
            "expected train"),
        row(
            "parts without classes",
            folder -> {
              write(folder.resolve("train/1.png"), png);
              write(folder.resolve("val/1.png"), png);
              return folder(folder);
            },
            "/train",
            "has no folders",
            "one folder a class"),
        row(
            "no class with a picture that can be read",
            folder -> {
              write(folder.resolve("pear/1.png"), "no picture");
              return new DatasetSettings.Folder(
                  folder.toString(), null, null, null, null, OnUnreadable.SKIP);
            },
            "none of its pictures can be read"),
        row(
            "a class without a picture that can be read",
            folder -> {
              write(imageFolder(folder).resolve("quince/1.png"), "no picture");
              return new DatasetSettings.Folder(
                  folder.toString(), null, null, null, null, OnUnreadable.SKIP);
            },
            "class 'quince' is empty"),
        row(
            "a picture larger than the limit",
            folder ->
                new DatasetSettings.Folder(imageFolder(folder).toString(), 2, 2, null, 23, null),
            "apple/1.png",
            "4 x 6 pixels",
            "at most 23 pixels"));
  }

  private static Path link(Path link, String target) {
    try {
      return Files.createSymbolicLink(link, Path.of(target));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Arguments folder(String name, String file, byte[] content, String... parts) {
    return row(
        name,
        folder -> {
          write(imageFolder(folder).resolve(file), content);
          return folder(folder);
        },
        parts);
  }

  private static DatasetSettings folder(Path folder) {
    return new DatasetSettings.Folder(folder.toString(), null, null, null, null, null);
  }

  private static Stream<Arguments> zipRows() {
    byte[] sound = zip(drawings());
    return Stream.of(
        omniglot(
            "a text called .zip",
            "no zip at all, but long enough".getBytes(UTF_8),
            "not a zip, or cut off"),
        omniglot("a zip cut off", cut(sound, sound.length - 40), "not a zip, or cut off"),
        omniglot("an empty file", new byte[0], "not a zip, or cut off"),
        omniglot("a zip with a changed byte", changed(sound, 60, ~sound[60]), "damaged"),
        omniglot(
            "a directory that promises more",
            changed(sound, sound.length - 12, 9),
            "6 entries",
            "promises 9"),
        omniglot(
            "an entry outside",
            zip(Map.of("a/../../b/c.png", drawing(6, 1, 1))),
            "a/../../b/c.png",
            "leads outside"),
        omniglot(
            "an absolute entry",
            zip(Map.of("/a/b/c.png", drawing(6, 1, 1))),
            "/a/b/c.png",
            "leads outside"),
        omniglot(
            "a picture that is no drawing",
            zip(Map.of("a/b/c.gif", new byte[] {1})),
            "!a/b/c.gif",
            "expected alphabet/character/drawing.png"),
        omniglot(
            "an entry at the wrong depth",
            zip(Map.of("b/c.png", drawing(6, 1, 1))),
            "!b/c.png",
            "expected alphabet/character/drawing.png"),
        omniglot(
            "an unreadable drawing",
            zip(Map.of("a/b/c.png", new byte[] {1, 2})),
            "data.zip!a/b/c.png",
            "not a picture"),
        omniglot(
            "drawings of two sizes",
            zip(Map.of("a/b/1.png", drawing(6, 1, 1), "a/b/2.png", drawing(7, 1, 1))),
            "a/b/2.png",
            "7 x 7 pixels",
            "expected 6 x 6"),
        omniglot("a zip without drawings", zip(Map.of("a/", new byte[0])), "no drawings"),
        omniglot("a zip of texts", zip(Map.of("a/b/c.txt", new byte[] {1})), "no drawings"),
        omniglot(
            "an entry that unpacks to too much",
            zip(Map.of("a/b/c.png", new byte[(1 << 20) + 1])),
            "entry a/b/c.png",
            "more than 1048576 bytes"),
        row(
            "a folder without zips",
            folder -> new DatasetSettings.Omniglot(folder.toString() + File.separator, null, null),
            "holds no .zip file"));
  }

  private static Arguments omniglot(String name, byte[] content, String... parts) {
    return row(
        name,
        folder ->
            new DatasetSettings.Omniglot(
                write(folder.resolve("data.zip"), content).toString(), null, null),
        Stream.concat(Stream.of("data.zip"), Stream.of(parts)).toArray(String[]::new));
  }
}
