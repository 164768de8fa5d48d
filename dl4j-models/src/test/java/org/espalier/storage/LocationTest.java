package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;

class LocationTest {
  @Test
  void aPlainPathIsLocalWhateverHadoopsDefaultIs() throws IOException {
    Configuration elsewhere = new Configuration(false);
    elsewhere.set("fs.defaultFS", "hdfs://127.0.0.1:9");

    var path = Location.path("runs/a b%20c");

    assertThat(path.toUri().getPath()).isEqualTo(Path.of("runs/a b%20c").toAbsolutePath() + "");
    assertThat(path.getFileSystem(elsewhere).getScheme()).isEqualTo("file");
  }

  @Test
  void aPlaceWithASchemeIsTakenAsItIs() {
    assertThat(Location.path("s3a://bucket/run").toString()).isEqualTo("s3a://bucket/run");
    assertThat(Location.isUri("hdfs://host/run")).isTrue();
    assertThat(Location.isUri("C:/runs")).isFalse();
    assertThat(Location.isUri("runs/a:b")).isFalse();
  }

  @Test
  void anEmptyTextIsNoPlace() {
    assertThatThrownBy(() -> Location.path(" ")).isInstanceOf(IllegalArgumentException.class);
  }
}
