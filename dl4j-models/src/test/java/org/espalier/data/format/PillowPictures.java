package org.espalier.data.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Scanner;
import java.util.stream.Stream;

/** Pictures of the test resources with what Pillow reads from them. */
final class PillowPictures {
  private static final String EXPECTED = ".ppm";

  private PillowPictures() {}

  /** Names of the files, sorted. */
  static Stream<String> names() {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(EXPECTED))
          .map(name -> name.substring(0, name.length() - EXPECTED.length()))
          .sorted()
          .toList()
          .stream();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  static byte[] file(String name) {
    try {
      return Files.readAllBytes(folder().resolve(name));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** What Pillow reads, with three channels. */
  static DecodedPicture expected(String name) {
    byte[] file = file(name + EXPECTED);
    try (Scanner head = new Scanner(new ByteArrayInputStream(file), StandardCharsets.ISO_8859_1)) {
      head.next("P6");
      int width = head.nextInt();
      int height = head.nextInt();
      byte[] pixels = new byte[height * width * 3];
      System.arraycopy(file, file.length - pixels.length, pixels, 0, pixels.length);
      return new DecodedPicture(height, width, 3, pixels);
    }
  }

  private static Path folder() {
    URL folder = Objects.requireNonNull(PillowPictures.class.getResource("pictures"), "pictures");
    try {
      return Path.of(folder.toURI());
    } catch (URISyntaxException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
