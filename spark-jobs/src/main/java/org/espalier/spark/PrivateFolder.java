package org.espalier.spark;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Folders that belong to this account and that nobody else can write. Code is loaded only from
 * such, and logs are written only to such: in a folder for everybody, another account may have put
 * a library or a link where this one expects its own.
 */
public final class PrivateFolder {
  private static final FileAttribute<Set<PosixFilePermission>> ALONE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
  private static final Path THIS_PROCESS = Path.of("/proc/self");
  private static final int ROOT = 0;
  private static final int GROUP_WRITE = 0020;
  private static final int OTHERS_WRITE = 0002;

  private PrivateFolder() {}

  /**
   * Makes a folder with all that it lies in, or takes the one that is there if it is private; else
   * a new one beside it that no other process knows.
   *
   * @param folder that this program chose, in which links are not followed
   * @throws IOException if no folder can be made there
   */
  public static Path orFresh(Path folder) throws IOException {
    Path place = folder.toAbsolutePath();
    if (!posix()) {
      return Files.createDirectories(place);
    }
    Files.createDirectories(place.getParent(), ALONE);
    try {
      return Files.createDirectory(place, ALONE);
    } catch (FileAlreadyExistsException there) {
      if (fault(place, false).isEmpty()) {
        return place;
      }
      return Files.createTempDirectory(place.getParent(), place.getFileName() + "-", ALONE);
    }
  }

  /**
   * Why a folder is not private, in words that go on from its name; empty if it is, or is not there
   * yet. A link of this account is followed.
   *
   * @throws IOException if that cannot be found out
   */
  public static Optional<String> fault(Path folder) throws IOException {
    return posix() ? fault(folder, true) : Optional.empty();
  }

  private static Optional<String> fault(Path folder, boolean follow) throws IOException {
    Map<String, Object> is;
    try {
      is = attributes(folder, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
    int user = (Integer) is.get("uid");
    int mode = (Integer) is.get("mode");
    if (user != account() && user != ROOT) {
      return Optional.of("belongs to " + is.get("owner"));
    } else if ((boolean) is.get("isSymbolicLink")) {
      return follow ? fault(folder.toRealPath(), false) : Optional.of("is a link");
    } else if (!(boolean) is.get("isDirectory")) {
      return Optional.of("is no folder");
    }
    // Where each account has a group of its own, of the same number, that group is nobody else.
    boolean group = (mode & GROUP_WRITE) != 0 && !is.get("gid").equals(user);
    return group || (mode & OTHERS_WRITE) != 0
        ? Optional.of("can be written by others (mode " + Integer.toOctalString(mode & 07777) + ")")
        : Optional.empty();
  }

  private static Map<String, Object> attributes(Path folder, LinkOption... options)
      throws IOException {
    return Files.readAttributes(
        folder, "unix:uid,gid,mode,owner,isDirectory,isSymbolicLink", options);
  }

  /** By number, as an account may have no name. */
  private static int account() throws IOException {
    return (Integer) Files.getAttribute(THIS_PROCESS, "unix:uid");
  }

  private static boolean posix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("unix")
        && Files.exists(THIS_PROCESS);
  }
}
