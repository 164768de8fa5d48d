package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordCodecTest {
  record Inner(Floats weights, double loss) {}

  record Outer(long seed, String name, List<Inner> inner, Bytes raw, Map<String, Integer> counts) {
    /** Not a component, so it does not travel. */
    public boolean isLong() {
      return name.length() > 3;
    }
  }

  record Small(int size) {}

  private final RecordCodec<Outer> codec = new RecordCodec<>(Outer.class);

  @Test
  void valuesComeBackBitByBit() {
    Outer outer = outer(Map.of("a", 1));

    Outer back = codec.decode(codec.encode(outer));

    assertThat(outer.isLong()).isTrue();
    assertThat(back).isEqualTo(outer);
    assertThat(Float.floatToRawIntBits(back.inner().get(1).weights().get(1))).isEqualTo(0x7fc00abc);
  }

  @Test
  void equalMapsGiveEqualBytes() {
    Map<String, Integer> one = new LinkedHashMap<>();
    one.put("a", 1);
    one.put("b", 2);
    Map<String, Integer> other = new LinkedHashMap<>();
    other.put("b", 2);
    other.put("a", 1);

    assertThat(codec.encode(outer(one))).isEqualTo(codec.encode(outer(other)));
  }

  /** JDK 18 and older give this number other digits. */
  @Test
  void bytesAreTheSameOnEveryVirtualMachine() {
    Outer outer =
        new Outer(1, "n", List.of(new Inner(Floats.EMPTY, 0x1p60)), Bytes.EMPTY, Map.of());

    assertThat(new String(codec.encode(outer), StandardCharsets.UTF_8))
        .contains("1.152921504606847E18");
  }

  @Test
  void everyTruncationIsRefused() {
    byte[] bytes = codec.encode(outer(Map.of()));

    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> codec.decode(cut))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("not the bytes of a Outer");
    }
  }

  @Test
  void bytesLeftOverAreRefused() {
    byte[] bytes = codec.encode(outer(Map.of()));

    assertThatThrownBy(() -> codec.decode(Arrays.copyOf(bytes, bytes.length + 3)))
        .hasMessageContaining("3 bytes are left over");
  }

  @Test
  void missingAndUnknownComponentsAreRefused() {
    RecordCodec<Small> small = new RecordCodec<>(Small.class);

    assertThatThrownBy(() -> small.decode(bytes("{}"))).hasMessageContaining("size");
    assertThatThrownBy(() -> small.decode(bytes("{\"size\":null}"))).hasMessageContaining("size");
    assertThatThrownBy(() -> small.decode(bytes("{\"size\":1,\"more\":1}")))
        .hasMessageContaining("more");
  }

  @Test
  void aBlockThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () ->
                codec.decode(
                    bytes("{\"seed\":1,\"name\":\"n\",\"inner\":[],\"raw\":7,\"counts\":{}}")))
        .hasMessageContaining("block 7 is named, there are 0");
  }

  private static byte[] bytes(String json) {
    byte[] text = json.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[text.length + 8];
    bytes[0] = (byte) text.length;
    System.arraycopy(text, 0, bytes, 4, text.length);
    return bytes;
  }

  private static Outer outer(Map<String, Integer> counts) {
    return new Outer(
        Long.MIN_VALUE,
        "näme",
        List.of(
            new Inner(Floats.EMPTY, Double.NaN),
            new Inner(Floats.of(0.1f, Float.intBitsToFloat(0x7fc00abc), -0f), 1e-300)),
        Bytes.of((byte) 1, (byte) -1),
        counts);
  }
}
