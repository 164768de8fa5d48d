package org.espalier.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Pixels that are too many for the heap, in a temporary file. The file has no name from the start
 * on (where the system deletes names of open files), so nothing is left however the process ends.
 */
final class PixelSpill {
  private static final int BUFFER_BYTES = 1 << 20;

  private final Path folder;
  private final FileChannel file;
  private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES);

  private PixelSpill(Path folder, FileChannel file) {
    this.folder = folder;
    this.file = file;
  }

  /**
   * Makes a file.
   *
   * @throws DataStorageException if the folder has no place for it
   */
  static PixelSpill create(Path folder) {
    try {
      Path path = Files.createTempFile(folder, "espalier-pixels-", ".tmp");
      FileChannel file =
          FileChannel.open(
              path,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE,
              StandardOpenOption.DELETE_ON_CLOSE);
      return new PixelSpill(folder, file);
    } catch (IOException failure) {
      throw new DataStorageException(folder, 0, failure);
    }
  }

  /** Adds bytes behind those that are there. */
  void append(byte[] bytes, int from, int length) {
    int done = 0;
    while (done < length) {
      int count = Math.min(buffer.remaining(), length - done);
      buffer.put(bytes, from + done, count);
      done += count;
      if (!buffer.hasRemaining()) {
        flush();
      }
    }
  }

  /**
   * All that was added; nothing can be added any more.
   *
   * @param size how many images
   * @param imageBytes bytes of each
   */
  Pixels finish(int size, int imageBytes) {
    flush();
    try (file) {
      return Pixels.ofFile(file, 0, size, imageBytes);
    } catch (IOException failure) {
      throw new DataStorageException(folder, (long) size * imageBytes, failure);
    }
  }

  private void flush() {
    buffer.flip();
    try {
      while (buffer.hasRemaining()) {
        file.write(buffer);
      }
      buffer.clear();
    } catch (IOException failure) {
      throw new DataStorageException(folder, written(), failure);
    }
  }

  private long written() {
    try {
      return file.position();
    } catch (IOException closed) {
      return 0;
    }
  }
}
