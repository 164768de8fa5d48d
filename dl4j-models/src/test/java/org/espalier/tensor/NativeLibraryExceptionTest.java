package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NativeLibraryExceptionTest {
  private static final List<String> MOUNTS =
      List.of(
          "/dev/sda1 / ext4 rw,relatime 0 0",
          "tmpfs /tmp tmpfs rw,nosuid,noexec,relatime 0 0",
          "tmpfs /tmp/free tmpfs rw,nosuid 0 0",
          "tmpfs /a\\040b tmpfs rw 0 0",
          "tmpfs /a\\040b tmpfs rw,noexec 0 0");

  @Test
  void theInnermostAndLastMountOfAFolderDecides() {
    assertThat(NativeLibraryException.noexec(Path.of("/home/me"), MOUNTS)).isFalse();
    assertThat(NativeLibraryException.noexec(Path.of("/tmp/x"), MOUNTS)).isTrue();
    assertThat(NativeLibraryException.noexec(Path.of("/tmpx"), MOUNTS)).isFalse();
    assertThat(NativeLibraryException.noexec(Path.of("/tmp/free/x"), MOUNTS)).isFalse();
    assertThat(NativeLibraryException.noexec(Path.of("/a b/c"), MOUNTS)).isTrue();
  }

  @Test
  void aFolderThatIsAFileIsNamed(@TempDir Path folder) throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    assertThat(NativeLibraryException.why(file.resolve("cache")))
        .hasValue(file + " is no folder that can be written to");
  }

  @Test
  void withoutFaultOfTheFolderTheDeepestCauseIsSaid(@TempDir Path folder) {
    Throwable cause =
        new ExceptionInInitializerError(new UnsatisfiedLinkError("libgomp.so.1: not found"));

    NativeLibraryException problem =
        NativeLibraryException.of("the library", folder, "install it", cause);

    assertThat(problem)
        .hasMessageStartingWith("the library does not load from " + folder)
        .hasMessageEndingWith("; install it")
        .hasCause(cause);
    if (NativeLibraryException.why(folder).isEmpty()) {
      assertThat(problem).hasMessageContaining(": libgomp.so.1: not found;");
    }
  }
}
