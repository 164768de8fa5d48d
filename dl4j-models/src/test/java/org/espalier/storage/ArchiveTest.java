package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchiveTest {
  private static final int HASH = 32;

  @Test
  void everythingComesBackAsItWasPut() throws IOException {
    Archive written =
        Archive.builder("checkpoint")
            .header(header(List.of("step", "epoch")))
            .floats("f", new float[] {1.5f, -0f, Float.NaN, Float.MIN_VALUE})
            .doubles("d", new double[] {Math.PI, Double.NEGATIVE_INFINITY})
            .ints("i", new int[] {Integer.MIN_VALUE, 7})
            .longs("l", new long[] {Long.MAX_VALUE, -1})
            .bytes("b", new byte[] {-128, 127})
            .floats("none", new float[0])
            .build();

    Archive read = read(written.toBytes());

    assertThat(read.kind()).isEqualTo("checkpoint");
    assertThat(read.header()).isEqualTo(written.header());
    assertThat(read.names()).containsExactly("f", "d", "i", "l", "b", "none");
    assertThat(read.floats("f")).containsExactly(1.5f, -0f, Float.NaN, Float.MIN_VALUE);
    assertThat(read.doubles("d")).containsExactly(Math.PI, Double.NEGATIVE_INFINITY);
    assertThat(read.ints("i")).containsExactly(Integer.MIN_VALUE, 7);
    assertThat(read.longs("l")).containsExactly(Long.MAX_VALUE, -1);
    assertThat(read.bytes("b")).containsExactly(-128, 127);
    assertThat(read.floats("none")).isEmpty();
    assertThat(read.toBytes()).isEqualTo(written.toBytes());
  }

  @Test
  void bytesDoNotDependOnTheOrderOfHeaderFields() {
    Archive one = Archive.builder("k").header(header(List.of("a", "b"))).build();
    Archive other = Archive.builder("k").header(header(List.of("b", "a"))).build();

    assertThat(one.toBytes()).isEqualTo(other.toBytes());
  }

  @Test
  void bytesAreLaidOutAsDocumented() {
    byte[] bytes = Archive.builder("k").ints("n", new int[] {258}).build().toBytes();

    ByteBuffer expected = ByteBuffer.allocate(50).order(ByteOrder.LITTLE_ENDIAN);
    expected.put("ESPALARC".getBytes(StandardCharsets.US_ASCII)).putInt(1);
    expected.putInt(1).put((byte) 'k').putInt(2).put((byte) '{').put((byte) '}');
    expected.putInt(1).putInt(1).put((byte) 'n').put((byte) 2).putLong(1).putInt(258);
    byte[] body = Arrays.copyOf(expected.array(), expected.position());
    assertThat(Arrays.copyOf(bytes, bytes.length - HASH)).isEqualTo(body);
    assertThat(bytes).endsWith(Hashes.sha256().digest(body));
  }

  @Test
  void everyFlippedByteIsRefused() {
    byte[] sound = small().toBytes();

    for (int i = 0; i < sound.length; i++) {
      for (int mask : new int[] {0x01, 0x80, 0xff}) {
        byte[] broken = sound.clone();
        broken[i] ^= (byte) mask;
        assertThatThrownBy(() -> read(broken))
            .as("byte %d with mask %d", i, mask)
            .isInstanceOf(ArchiveException.class)
            .hasMessageStartingWith("weights.bin: ");
      }
    }
  }

  @Test
  void everyTruncationIsRefusedNamingTheOffset() {
    byte[] sound = small().toBytes();

    for (int length = 0; length < sound.length; length++) {
      byte[] cut = Arrays.copyOf(sound, length);
      assertThatThrownBy(() -> read(cut))
          .as("%d bytes", length)
          .isInstanceOf(ArchiveException.class)
          .hasMessageMatching("weights.bin: at byte \\d+: cut short: expected \\d+ bytes for .*");
    }
  }

  @Test
  void bytesAfterTheEndAreRefused() {
    byte[] longer = Arrays.copyOf(small().toBytes(), small().toBytes().length + 1);

    assertThatThrownBy(() -> read(longer))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("more bytes follow");
  }

  @Test
  void anotherVersionIsNamed() {
    byte[] future = small().toBytes();
    future[8] = 2;

    assertThatThrownBy(() -> read(future))
        .isInstanceOf(ArchiveException.class)
        .hasMessage("weights.bin: at byte 8: archive version 2, this program reads version 1");
  }

  @Test
  void foreignFilesAreRefused() {
    byte[] zip = "PK\003\004 something else".getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> read(zip))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("expected it to start with ESPALARC");
  }

  @Test
  void archivesPastTheSizeLimitAreRefused() {
    byte[] bytes = small().toBytes();

    assertThatThrownBy(
            () -> Archive.read(new ByteArrayInputStream(bytes), "weights.bin", bytes.length - 1))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("passes the size limit of " + (bytes.length - 1) + " bytes");
  }

  @Test
  void claimedSizesAloneAllocateNothing() {
    byte[] hugeHeader = sealed(body().putInt(Integer.MAX_VALUE));
    byte[] manyBlocks = sealed(body().putInt(2).put((byte) '{').put((byte) '}').putInt(1 << 30));
    ByteBuffer block = body().putInt(2).put((byte) '{').put((byte) '}').putInt(1);
    byte[] hugeBlock = sealed(block.putInt(1).put((byte) 'n').put((byte) 0).putLong(1L << 28));
    block.position(block.position() - Long.BYTES);
    byte[] negative = sealed(block.putLong(-1));

    assertThatThrownBy(() -> read(hugeHeader)).hasMessageContaining("the header claims 2147483647");
    assertThatThrownBy(() -> read(manyBlocks)).hasMessageContaining("claims 1073741824 blocks");
    assertThatThrownBy(() -> read(hugeBlock)).hasMessageContaining("block 'n' needs 1073741824");
    assertThatThrownBy(() -> read(negative)).hasMessageContaining("claims -1 elements");
  }

  @Test
  void headersOfAbsurdDepthAreRefusedThoughTheHashFits() {
    byte[] deep = "{\"a\":".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    ByteBuffer body = ByteBuffer.allocate(deep.length + 100).order(ByteOrder.LITTLE_ENDIAN);
    body.put(ArchiveWriter.MAGIC).putInt(1).putInt(1).put((byte) 'k');
    body.putInt(deep.length).put(deep).putInt(0);

    assertThatThrownBy(() -> read(sealed(body)))
        .isInstanceOf(ArchiveException.class)
        .hasMessageContaining("the header is no valid JSON")
        .hasMessageContaining("depth");
  }

  @Test
  void headersThatAreNoObjectOrRepeatAKeyAreRefused() {
    byte[] list = sealed(body().putInt(2).put((byte) '[').put((byte) ']').putInt(0));
    byte[] twice = "{\"a\":1,\"a\":2}".getBytes(StandardCharsets.UTF_8);
    byte[] repeated = sealed(body().putInt(twice.length).put(twice).putInt(0));

    assertThatThrownBy(() -> read(list)).hasMessageContaining("must be a JSON object");
    assertThatThrownBy(() -> read(repeated)).hasMessageContaining("Duplicate field 'a'");
  }

  @Test
  void askingForWhatIsNotThereNamesIt() throws IOException {
    Archive archive = read(small().toBytes());

    assertThatThrownBy(() -> archive.floats("moments"))
        .isInstanceOf(ArchiveException.class)
        .hasMessage("weights.bin: has no block 'moments', only [values]");
    assertThatThrownBy(() -> archive.ints("values"))
        .hasMessage("weights.bin: block 'values' is of FLOAT32, expected INT32");
    assertThatThrownBy(() -> archive.require("checkpoint"))
        .hasMessage("weights.bin: holds 'weights', expected 'checkpoint'");
  }

  @Test
  void blocksNeedDistinctVisibleNames() {
    Archive.Builder builder = Archive.builder("k").ints("a", new int[1]);

    assertThatThrownBy(() -> builder.bytes("a", new byte[1])).hasMessageContaining("called 'a'");
    assertThatThrownBy(() -> builder.bytes("", new byte[1])).hasMessageContaining("visible ASCII");
  }

  @Test
  void laterChangesToTheSourceDoNotReachTheArchive() {
    float[] values = {1, 2};
    ObjectNode header = header(List.of("a"));
    Archive archive = Archive.builder("k").header(header).floats("v", values).build();

    values[0] = 9;
    header.put("a", 9);
    archive.header().put("a", 9);

    assertThat(archive.floats("v")).containsExactly(1, 2);
    assertThat(archive.header().get("a").asInt()).isZero();
  }

  private static Archive small() {
    return Archive.builder("weights")
        .header(header(List.of("step")))
        .floats("values", new float[] {1, 2, 3})
        .build();
  }

  private static ObjectNode header(List<String> keys) {
    ObjectNode header = JsonNodeFactory.instance.objectNode();
    for (String key : keys) {
      header.put(key, 0);
    }
    return header;
  }

  private static ByteBuffer body() {
    ByteBuffer body = ByteBuffer.allocate(128).order(ByteOrder.LITTLE_ENDIAN);
    return body.put(ArchiveWriter.MAGIC).putInt(1).putInt(1).put((byte) 'k');
  }

  private static byte[] sealed(ByteBuffer buffer) {
    byte[] body = new byte[buffer.position()];
    buffer.get(0, body);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(body);
    out.writeBytes(Hashes.sha256().digest(body));
    return out.toByteArray();
  }

  private static Archive read(byte[] bytes) throws IOException {
    return Archive.read(new ByteArrayInputStream(bytes), "weights.bin");
  }
}
