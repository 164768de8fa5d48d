package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  @TempDir Path temporary;

  @Test
  void theFolderIsMadeForItsOwnerAloneAndUsedAgain() throws IOException {
    Path folder = NativeCache.folder(Map.of(), temporary.toString());

    assertThat(NativeCache.own(folder)).isEqualTo(folder);
    assertThat(NativeCache.own(folder)).isEqualTo(folder);
    assertThat(permissions(folder)).isEqualTo("rwx------");
    assertThat(temporary.toFile().list()).containsExactly(folder.getFileName().toString());
  }

  @Test
  void aFolderThatOthersCanWriteIsNotUsed() throws IOException {
    Path folder = NativeCache.folder(Map.of(), temporary.toString());
    Files.createDirectory(folder);
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));

    Path own = NativeCache.own(folder);

    assertThat(own).isNotEqualTo(folder).hasParent(temporary);
    assertThat(permissions(own)).isEqualTo("rwx------");
  }

  @Test
  void aLinkInItsPlaceIsNotFollowed() throws IOException {
    Path folder = NativeCache.folder(Map.of(), temporary.toString());
    Path elsewhere = Files.createDirectory(temporary.resolve("elsewhere"));
    Files.createSymbolicLink(folder, elsewhere);

    assertThat(NativeCache.own(folder)).isNotEqualTo(folder).isNotEqualTo(elsewhere);
  }

  private static String permissions(Path folder) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder));
  }
}
