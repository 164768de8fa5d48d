package org.espalier.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.network.ImageShape;
import org.junit.jupiter.api.Test;

/** Compares with what Pillow makes of small images; {@code bench/pillow_operations.py} wrote it. */
class PillowTest {
  private static final HexFormat HEX = HexFormat.of();

  @Test
  void everyOperationMakesThePixelsOfPillow() throws IOException {
    Map<String, Picture> pictures = new HashMap<>();
    Map<ImageOperation, Integer> cases = new EnumMap<>(ImageOperation.class);

    for (String line : lines()) {
      String[] words = line.split(" ");
      if (words[0].equals("image")) {
        pictures.put(words[1], Picture.of(words));
        continue;
      }
      ImageOperation operation = operation(words[0]);
      Picture picture = Objects.requireNonNull(pictures.get(words[5]));
      Canvas canvas = new Canvas(picture.shape(), 255, Integer.parseInt(words[4]));
      canvas.load(HEX.parseHex(picture.pixels()));
      Step step =
          new Step(
              operation,
              Double.parseDouble(words[1]),
              Integer.parseInt(words[2]),
              Integer.parseInt(words[3]));

      canvas.apply(List.of(step));

      assertThat(HEX.formatHex(canvas.pixels()))
          .as("%s %s %s on %s", words[0], words[1], words[4], words[5])
          .isEqualTo(words[6]);
      cases.merge(operation, 1, Integer::sum);
    }

    assertThat(cases).containsOnlyKeys(ImageOperation.values());
    assertThat(cases.values()).allMatch(count -> count >= 8);
  }

  private static ImageOperation operation(String word) {
    return Arrays.stream(ImageOperation.values())
        .filter(each -> each.toString().equals(word))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> lines() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    PillowTest.class.getResourceAsStream("pillow-operations.txt")),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private record Picture(ImageShape shape, String pixels) {
    static Picture of(String[] words) {
      return new Picture(
          new ImageShape(
              Integer.parseInt(words[2]), Integer.parseInt(words[3]), Integer.parseInt(words[4])),
          words[5]);
    }
  }
}
