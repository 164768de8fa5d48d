package org.espalier.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import java.util.Set;

/**
 * A lock of the operating system on a file, which the kernel gives back when its holder dies. Found
 * free, it proves the death of whoever held it, but only where the same kernel keeps it: on the
 * same boot of the same machine, for the very same file, on a file system of that machine's own.
 */
final class LeaseLock implements AutoCloseable {
  private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

  /** File systems whose locks one kernel keeps alone; those of networks can lose them. */
  private static final Set<String> LOCAL =
      Set.of("ext2", "ext3", "ext4", "xfs", "btrfs", "zfs", "f2fs", "tmpfs", "overlay");

  private final Path file;
  private final FileChannel channel;
  private final String identity;

  private LeaseLock(Path file, FileChannel channel, String identity) {
    this.file = file;
    this.channel = channel;
    this.identity = identity;
  }

  /** Makes and locks a file; empty where its lock would prove nothing. */
  static Optional<LeaseLock> acquire(Path file) {
    FileChannel channel = null;
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      String identity = identity(file);
      if (!identity.isEmpty() && channel.tryLock() != null) {
        return Optional.of(new LeaseLock(file, channel, identity));
      }
      discard(file, channel);
      return Optional.empty();
    } catch (IOException | UnsupportedOperationException e) {
      discard(file, channel);
      return Optional.empty();
    }
  }

  /**
   * Whether the holder of a lock is dead for certain; its file is then removed. Not to be asked
   * about a lock of this process, which would lose it: the kernel takes back all of a process's
   * locks on a file when it closes the file once.
   *
   * @param identity of the lock as its holder saw it
   */
  static boolean abandoned(Path file, String identity) {
    try {
      if (identity.isEmpty() || !identity(file).equals(identity)) {
        return false;
      }
      boolean free;
      try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
          FileLock lock = channel.tryLock()) {
        free = lock != null;
      }
      if (free) {
        Files.deleteIfExists(file);
      }
      return free;
    } catch (IOException | UnsupportedOperationException | OverlappingFileLockException e) {
      return false;
    }
  }

  /** Boot, device and file that the lock is on; another process sees the same if it can judge. */
  String identity() {
    return identity;
  }

  @Override
  public void close() {
    discard(file, channel);
  }

  static String identity(Path file) throws IOException {
    if (!Files.isReadable(BOOT) || !LOCAL.contains(Files.getFileStore(file).type())) {
      return "";
    }
    Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    return key == null ? "" : Files.readString(BOOT).strip() + " " + key;
  }

  private static void discard(Path file, FileChannel channel) {
    if (channel == null) {
      return;
    }
    try (channel) {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      System.getLogger(LeaseLock.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot remove " + file, e);
    }
  }
}
