package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateFolderTest {
  @TempDir Path temporary;

  @Test
  void aFolderIsMadeForItsOwnerAloneAndUsedAgain() throws IOException {
    Path folder = temporary.resolve("deep/logs");

    assertThat(PrivateFolder.orFresh(folder)).isEqualTo(folder);
    assertThat(PrivateFolder.orFresh(folder)).isEqualTo(folder);
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(PrivateFolder.fault(folder)).isEmpty();
  }

  @Test
  void aFolderThatOthersCanWriteIsNotUsed() throws IOException {
    Path folder = Files.createDirectory(temporary.resolve("logs"));
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    Path fresh = PrivateFolder.orFresh(folder);

    assertThat(fresh).isNotEqualTo(folder).hasParent(temporary);
    assertThat(permissions(fresh)).isEqualTo("rwx------");
    assertThat(PrivateFolder.fault(folder)).contains("can be written by others (mode 777)");
  }

  @Test
  void aLinkIsFollowedOnlyWhereAPersonNamedIt() throws IOException {
    Path target = Files.createDirectory(temporary.resolve("target"));
    Path link = Files.createSymbolicLink(temporary.resolve("logs"), target);

    assertThat(PrivateFolder.orFresh(link)).isNotEqualTo(link).isNotEqualTo(target);
    assertThat(PrivateFolder.fault(link)).isEmpty();
    Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertThat(PrivateFolder.fault(link)).isPresent();
  }

  @Test
  void aFileInItsPlaceIsNotUsed() throws IOException {
    Path file = Files.writeString(temporary.resolve("logs"), "mine");

    assertThat(PrivateFolder.orFresh(file)).isNotEqualTo(file).isDirectory();
    assertThat(PrivateFolder.fault(file)).contains("is no folder");
    assertThat(file).hasContent("mine");
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
