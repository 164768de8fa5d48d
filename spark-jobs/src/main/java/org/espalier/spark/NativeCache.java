package org.espalier.spark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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
  private static final String PREFIX = "espalier-javacpp-";
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
    Path folder = own(folder(System.getenv(), System.getProperty("java.io.tmpdir")));
    LOG.info("native libraries are unpacked in {}, not below {}", folder, home);
    System.setProperty(PROPERTY, folder.toString());
  }

  /**
   * Makes a folder that nobody else can write, as code is loaded from it. One that is there already
   * is used if it is so; otherwise somebody else may have put things in, and a new one is made for
   * this process alone.
   */
  static Path own(Path folder) {
    try {
      if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
        return Files.createDirectories(folder);
      }
      FileAttribute<Set<PosixFilePermission>> alone =
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
      // It belongs to this account without doubt, whatever the account's name is.
      Path fresh = Files.createTempDirectory(folder.getParent(), PREFIX, alone);
      try {
        Files.createDirectory(folder, alone);
      } catch (FileAlreadyExistsException e) {
        LOG.debug("{} is there already", folder, e);
      }
      if (!safe(folder, Files.getOwner(fresh))) {
        LOG.warn("{} is not this account's alone, so it is not used", folder);
        return fresh;
      }
      Files.delete(fresh);
      return folder;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "cannot make a folder for native libraries beside %s: %s; name another by -D%s"
              .formatted(folder, e.getMessage(), PROPERTY),
          e);
    }
  }

  private static boolean safe(Path folder, UserPrincipal account) throws IOException {
    PosixFileAttributes is =
        Files.readAttributes(folder, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    return is.isDirectory()
        && is.owner().equals(account)
        && !is.permissions().contains(PosixFilePermission.GROUP_WRITE)
        && !is.permissions().contains(PosixFilePermission.OTHERS_WRITE);
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
