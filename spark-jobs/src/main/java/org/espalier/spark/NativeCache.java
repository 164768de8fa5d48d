package org.espalier.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.espalier.text.InputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where JavaCPP unpacks native libraries, 400 MB. By default it does so below the home folder,
 * which on clusters is often on a network or cannot be written; then it takes a folder of a known
 * name in the temporary one, whoever made it.
 */
public final class NativeCache {
  private static final Logger LOG = LoggerFactory.getLogger(NativeCache.class);
  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
  private static final String PREFIX = "espalier-javacpp-";
  private static final Pattern NETWORK =
      Pattern.compile(
          "(nfs|cifs|smb|lustre|gpfs|beegfs|ceph|gluster|fuse|9p|afs|virtiofs).*",
          Pattern.CASE_INSENSITIVE);

  private NativeCache() {}

  /**
   * Chooses a folder on a local disk that nobody else can write, unless one was chosen or the usual
   * one is good. To be called before the first native library is loaded.
   *
   * @throws InputException if the one that was chosen can be written by others
   */
  public static void choose() {
    String chosen = System.getProperty(PROPERTY);
    try {
      if (chosen != null) {
        check(Path.of(chosen));
        return;
      }
      Path home = Path.of(System.getProperty("user.home", "/"));
      if (usable(home)) {
        return;
      }
      Path folder = orFresh(folder(System.getenv(), System.getProperty("java.io.tmpdir")));
      LOG.info("native libraries are unpacked in {}, not below {}", folder, home);
      System.setProperty(PROPERTY, folder.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot look for a folder for native libraries: %s; name one by ESPALIER_CACHE"
              .formatted(e),
          e);
    }
  }

  static void check(Path chosen) throws IOException {
    Optional<String> fault = PrivateFolder.fault(chosen);
    if (fault.isPresent()) {
      throw new InputException(
          ("%s, named for native libraries by ESPALIER_CACHE or -D%s, %s: code is loaded only from"
                  + " folders that belong to you and that nobody else can write; name another, or"
                  + " empty it and take the others' right to write")
              .formatted(chosen, PROPERTY, fault.get()));
    }
  }

  /** Whether JavaCPP's own folder will do: {@code .javacpp/cache} in a home folder. */
  static boolean usable(Path home) throws IOException {
    Path mine = home.resolve(".javacpp");
    try {
      return Files.isWritable(home)
          && !onNetwork(Files.getFileStore(home).type())
          && PrivateFolder.fault(mine).isEmpty()
          && PrivateFolder.fault(mine.resolve("cache")).isEmpty();
    } catch (IOException e) {
      LOG.debug("no home folder", e);
      return false;
    }
  }

  static Path orFresh(Path folder) throws IOException {
    Path taken = PrivateFolder.orFresh(folder);
    if (!taken.equals(folder)) {
      LOG.warn("{} is not this account's alone, so {} is used", folder, taken);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> remove(taken)));
    }
    return taken;
  }

  /** What was made for one process is of no use to others, and large. */
  private static void remove(Path folder) {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      LOG.debug("{} is left behind", folder, e);
    }
  }

  static boolean onNetwork(String type) {
    return NETWORK.matcher(type).matches();
  }

  /**
   * YARN's disks for an application, which its executors on a machine share, or the usual place.
   */
  static Path folder(Map<String, String> environment, String temporary) {
    String disk = environment.getOrDefault("LOCAL_DIRS", temporary).split(",", 2)[0];
    return Path.of(disk, PREFIX + System.getProperty("user.name", "user"));
  }
}
