package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HadoopFileSystemsTest {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"core-site.xml", "hdfs-site.xml", "yarn-site.xml"})
  void aBrokenFileOfTheConfigurationIsNamed(String site) throws IOException {
    Files.writeString(folder.resolve(site), "<configuration><property>");

    try (URLClassLoader withFolder = new URLClassLoader(new URL[] {folder.toUri().toURL()})) {
      ClassLoader usual = Thread.currentThread().getContextClassLoader();
      Thread.currentThread().setContextClassLoader(withFolder);
      try {
        assertThatThrownBy(HadoopFileSystems::configuration)
            .isInstanceOf(InputException.class)
            .hasMessageContaining("HADOOP_CONF_DIR")
            .hasMessageContaining(folder.resolve(site).toString())
            .hasMessageNotContaining("\n");
      } finally {
        Thread.currentThread().setContextClassLoader(usual);
      }
    }
  }

  @Test
  void withoutFilesThereIsAConfiguration() {
    assertThat(HadoopFileSystems.configuration().get("fs.defaultFS")).isEqualTo("file:///");
  }

  @Test
  void aFolderOfTheConfigurationThatIsNotThereIsNamed() {
    Optional<String> none = Optional.of(folder.resolve("none").toString());

    assertThatThrownBy(() -> HadoopFileSystems.checkFolder(none))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("HADOOP_CONF_DIR names no folder: '" + none.get());
    assertThatCode(() -> HadoopFileSystems.checkFolder(Optional.of(folder.toString())))
        .doesNotThrowAnyException();
    assertThatCode(() -> HadoopFileSystems.checkFolder(Optional.of(""))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(strings = {"nosuch://there/run", "abfs://c@a/run"})
  void aSchemeWithoutFileSystemIsNamed(String uri) {
    var path = new org.apache.hadoop.fs.Path(uri);

    assertThatThrownBy(() -> HadoopFileSystems.of(path, new Configuration()))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(
            "no file system for scheme '%s'".formatted(uri.substring(0, uri.indexOf(':'))));
  }
}
