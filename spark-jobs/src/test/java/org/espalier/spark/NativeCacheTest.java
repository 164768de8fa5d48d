package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeCacheTest {
  @TempDir Path temporary;

  @Test
  void theFolderBesideOthersIsOfThisAccountAlone() throws IOException {
    Path folder = NativeCache.folder(Map.of("LOCAL_DIRS", temporary + ",/other"), "/tmp");

    assertThat(NativeCache.orFresh(folder)).isEqualTo(folder).hasParent(temporary);
    forEverybody(folder);
    assertThat(NativeCache.orFresh(folder)).isNotEqualTo(folder).hasParent(temporary);
  }

  @Test
  void aFolderThatWasChosenAndThatOthersCanWriteIsRefused() throws IOException {
    Path chosen = Files.createDirectory(temporary.resolve("chosen"));
    NativeCache.check(chosen);
    NativeCache.check(temporary.resolve("not there yet"));
    forEverybody(chosen);

    assertThatThrownBy(() -> NativeCache.check(chosen))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(chosen.toString())
        .hasMessageContaining("ESPALIER_CACHE")
        .hasMessageContaining("can be written by others (mode 777)");
  }

  @Test
  void aHomeFolderWhoseCacheOthersCanWriteIsNotUsed() throws IOException {
    Path cache = temporary.resolve(".javacpp/cache");
    boolean before = NativeCache.usable(temporary);
    Files.createDirectories(cache);
    boolean made = NativeCache.usable(temporary);
    forEverybody(cache);

    assertThat(made).isEqualTo(before);
    assertThat(NativeCache.usable(temporary)).isFalse();
    assertThat(NativeCache.usable(temporary.resolve("no home"))).isFalse();
  }

  @Test
  void networksAreToldByTheirType() {
    assertThat(NativeCache.onNetwork("nfs4")).isTrue();
    assertThat(NativeCache.onNetwork("ext4")).isFalse();
  }

  private static void forEverybody(Path folder) throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxrwxrwx"));
  }
}
