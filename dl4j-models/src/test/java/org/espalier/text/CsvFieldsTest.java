package org.espalier.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CsvFieldsTest {
  @Test
  void onlyWhatWouldBeTakenForSeveralFieldsIsQuoted() {
    assertThat(CsvFields.of("a b'c;d")).isEqualTo("a b'c;d");
    assertThat(CsvFields.of("a,b")).isEqualTo("\"a,b\"");
    assertThat(CsvFields.of("say \"a\"")).isEqualTo("\"say \"\"a\"\"\"");
    assertThat(CsvFields.of("a\nb")).isEqualTo("\"a\nb\"");
    assertThat(CsvFields.of("a\rb")).isEqualTo("\"a\rb\"");
  }
}
