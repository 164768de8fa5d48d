package org.espalier.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.espalier.network.ImageShape;
import org.espalier.network.ParameterSet;
import org.espalier.network.ReadyMade.Family;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Dl4jZipTest {
  private static final ImageShape IMAGE = new ImageShape(6, 5, 2);
  private static Map<String, byte[]> sound;

  @BeforeAll
  static void export() throws IOException {
    List<Integer> widths = List.of(3, 3, 3, 3, 3, 3);
    try (ParameterSet set = ExportedNetworks.parameters(Family.PLAIN.build(IMAGE, 4, widths), 1)) {
      sound = Dl4jExportTest.entries(Dl4jExport.bytes(TrainedModel.of(set)));
    }
  }

  @Test
  void ourOwnFileIsSound() throws IOException {
    Dl4jZip.check(zip(sound));
  }

  @Test
  void aSerialisedJavaObjectIsNotRead() throws IOException {
    ByteArrayOutputStream object = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(object)) {
      out.writeObject(new Tripwire());
    }

    assertRefused(
        with("preprocessor.bin", object.toByteArray()), "entry 'preprocessor.bin' is not read");
    assertThat(Tripwire.touched).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"configuration.json, 33554432", "coefficients.bin, 536870912"})
  void aBombIsRefused(String entry, int limit) throws IOException {
    byte[] bomb = bomb(entry, limit + 1L);
    assertThat(bomb.length).isLessThan(1 << 20);

    assertRefused(bomb, "entry '%s' unpacks to more than %s bytes".formatted(entry, limit));
  }

  @ParameterizedTest
  @CsvSource({
    "javax.naming.InitialContext",
    "org.deeplearning4j.nn.confusing.Layer",
    "org.nd4j.linalg.api.ops.impl.Any"
  })
  void classesThatAreNotSettingsAreRefused(String name) throws IOException {
    String json = configuration().replace("org.deeplearning4j.nn.conf.graph.LayerVertex", name);

    assertRefused(
        with("configuration.json", json.getBytes(StandardCharsets.UTF_8)),
        "names a class that is not DL4J's own: \"" + name + "\"");
  }

  @Test
  void aClassHiddenBehindAnEqualKeyIsRefused() throws IOException {
    String json =
        configuration().replaceFirst("\"@class\" :", "\"@class\" : \"evil.Class\", \"@class\" :");

    assertRefused(
        with("configuration.json", json.getBytes(StandardCharsets.UTF_8)), "is no sound JSON");
  }

  @Test
  void arraysThatClaimMoreThanTheyHaveAreRefused() throws IOException {
    byte[] coefficients = sound.get("coefficients.bin").clone();
    int values = (coefficients.length - headerLength()) / 4;
    ByteBuffer buffer = ByteBuffer.wrap(coefficients);
    for (int at = 0; at + 8 <= headerLength(); at++) {
      if (buffer.getLong(at) == values) {
        buffer.putLong(at, 1L << 40);
      }
    }

    assertRefused(
        with("coefficients.bin", coefficients), "claims 1099511627776 float32 values and has");
  }

  @Test
  void arraysOfAnotherShapeThanTheirLengthAreRefused() throws IOException {
    byte[] coefficients = sound.get("coefficients.bin").clone();
    ByteBuffer buffer = ByteBuffer.wrap(coefficients);
    int values = (coefficients.length - headerLength()) / 4;
    int at = 0;
    while (buffer.getLong(at) != values) {
      at++;
    }
    buffer.putLong(at, values + 1L);

    assertRefused(
        with("coefficients.bin", coefficients), "is no row of %s float32 values".formatted(values));
  }

  @Test
  void filesThatAreNoModelsAreRefused() throws IOException {
    byte[] zip = zip(sound);

    assertRefused("no zip at all".getBytes(StandardCharsets.UTF_8), "is a zip of");
    assertRefused(new byte[0], "is a zip of");
    assertRefused(Arrays.copyOf(zip, zip.length / 2), "no sound zip");
    assertRefused(
        zip(Map.of("configuration.json", sound.get("configuration.json"))),
        "got [configuration.json]");
    assertRefused(with("coefficients.bin", new byte[0]), "no sound zip");
    assertRefused(
        with("configuration.json", "{".getBytes(StandardCharsets.UTF_8)), "no sound JSON");
    assertRefused(
        with("configuration.json", "{}".getBytes(StandardCharsets.UTF_8)),
        "DL4J cannot open the model");
  }

  /** Notices when it is deserialised. */
  private static final class Tripwire implements java.io.Serializable {
    private static final long serialVersionUID = 1L;
    private static boolean touched;

    private void readObject(java.io.ObjectInputStream in) {
      touched = true;
    }
  }

  private static void assertRefused(byte[] file, String why) {
    assertThatThrownBy(() -> Dl4jModel.open(file, IMAGE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why);
  }

  private static String configuration() {
    return new String(sound.get("configuration.json"), StandardCharsets.UTF_8);
  }

  /** Bytes before the values in the coefficients. */
  private static int headerLength() {
    String text = new String(sound.get("coefficients.bin"), StandardCharsets.ISO_8859_1);
    return text.indexOf("FLOAT") + "FLOAT".length();
  }

  private static byte[] with(String entry, byte[] content) throws IOException {
    Map<String, byte[]> entries = new LinkedHashMap<>(sound);
    entries.put(entry, content);
    return zip(entries);
  }

  private static byte[] zip(Map<String, byte[]> entries) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  /** A small file whose one entry unpacks to many bytes, after a sound beginning. */
  private static byte[] bomb(String entry, long size) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(9);
      zip.putNextEntry(new ZipEntry(entry));
      byte[] start =
          entry.equals("coefficients.bin")
              ? Arrays.copyOf(sound.get(entry), headerLength())
              : new byte[0];
      zip.write(start);
      byte[] block = new byte[1 << 20];
      Arrays.fill(block, (byte) ' ');
      for (long left = size - start.length; left > 0; left -= block.length) {
        zip.write(block, 0, (int) Math.min(left, block.length));
      }
    }
    return bytes.toByteArray();
  }
}
