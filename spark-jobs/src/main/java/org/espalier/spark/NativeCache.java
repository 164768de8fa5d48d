package org.espalier.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where JavaCPP unpacks native libraries, 400 MB. By default it does so below the home folder,
 * which on clusters is often on a network or cannot be written.
 */
public final class NativeCache {
  private static final Logger LOG = LoggerFactory.getLogger(NativeCache.class);
  private static final String PROPERTY = "org.bytedeco.javacpp.cachedir";
  private static final Pattern NETWORK =
      Pattern.compile(
          "(nfs|cifs|smb|lustre|gpfs|beegfs|ceph|gluster|fuse|9p|afs|virtiofs).*",
          Pattern.CASE_INSENSITIVE);

  private NativeCache() {}

  /** Chooses a folder on a local disk, unless one was chosen or the usual one is good. */
  public static void choose() {
    if (System.getProperty(PROPERTY) != null) {
      return;
    }
    Path home = Path.of(System.getProperty("user.home", "/"));
    Optional<String> type = Optional.empty();
    try {
      type = Optional.of(Files.getFileStore(home).type());
    } catch (IOException missing) {
      LOG.debug("no home folder", missing);
    }
    if (type.isPresent() && Files.isWritable(home) && !onNetwork(type.get())) {
      return;
    }
    Path folder = folder(System.getenv(), System.getProperty("java.io.tmpdir"));
    LOG.info("native libraries are unpacked in {}, not below {}", folder, home);
    System.setProperty(PROPERTY, folder.toString());
  }

  static boolean onNetwork(String type) {
    return NETWORK.matcher(type).matches();
  }

  /**
   * YARN's disks for an application, which its executors on a machine share, or the usual place.
   */
  static Path folder(Map<String, String> environment, String temporary) {
    String disk = environment.getOrDefault("LOCAL_DIRS", temporary).split(",", 2)[0];
    return Path.of(disk, "espalier-javacpp-" + System.getProperty("user.name", "user"));
  }
}
