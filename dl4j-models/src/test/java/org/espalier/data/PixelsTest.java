package org.espalier.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import org.espalier.storage.Hashes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PixelsTest {
  private static final int IMAGE = 7;
  private static final int SIZE = 23;
  private static final int BEFORE = 5;

  @Test
  void manyBuffersGiveTheSameAsOneArray(@TempDir Path folder) throws IOException {
    byte[] bytes = new byte[SIZE * IMAGE];
    new Random(1).nextBytes(bytes);
    Path file = folder.resolve("pixels");
    Files.write(file, ByteBuffer.allocate(BEFORE + bytes.length).put(BEFORE, bytes).array());
    Pixels heap = Pixels.ofHeap(bytes, IMAGE);

    Pixels mapped;
    try (FileChannel channel = FileChannel.open(file)) {
      // Buffers of 4 images: the last is not full.
      mapped = Pixels.ofFile(channel, BEFORE, SIZE, IMAGE, 4 * IMAGE + 3);
    }

    byte[] image = new byte[IMAGE];
    for (int i = 0; i < SIZE; i++) {
      mapped.read(i, image);
      assertThat(image).isEqualTo(Arrays.copyOfRange(bytes, i * IMAGE, (i + 1) * IMAGE));
    }
    assertThat(hash(mapped)).isEqualTo(hash(heap));
    assertThat(mapped.heapBytes()).isZero();
    assertThat(heap.heapBytes()).isEqualTo(bytes.length);
  }

  private static byte[] hash(Pixels pixels) {
    MessageDigest digest = Hashes.sha256();
    pixels.update(digest);
    return digest.digest();
  }
}
