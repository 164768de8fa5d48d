package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.DataException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every way in which data can be unusable is told by file, place and expectation. */
class BadDataTest {
  @ParameterizedTest(name = "{0}")
  @MethodSource({
    "org.espalier.data.format.BadIdxRows#rows",
    "org.espalier.data.format.BadRecordRows#rows",
    "org.espalier.data.format.BadPictureRows#rows"
  })
  void badDataAreNamedWithPlaceAndExpectation(
      Function<Path, DatasetSettings> damage, List<String> parts, @TempDir Path folder) {
    DatasetSettings settings = damage.apply(folder);

    assertThatThrownBy(() -> Datasets.open(settings, new Configuration(false)))
        .isInstanceOf(DataException.class)
        .hasMessageContainingAll(parts.toArray(new CharSequence[0]));
  }
}
