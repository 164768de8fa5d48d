package org.espalier.search.method;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.espalier.settings.SettingException;
import org.junit.jupiter.api.Test;

class SearchDataTest {
  @Test
  void theOnlyDataSetIsFoundWithoutItsName() {
    assertThat(SearchData.of("abc").only()).isEqualTo("abc");
    assertThat(SearchData.of("abc").fingerprint(SearchData.ONLY)).isEqualTo("abc");
    assertThat(new SearchData(Map.of("mnist", "abc")).only()).isEqualTo("abc");
  }

  @Test
  void oneOfSeveralMustBeNamed() {
    var data = new SearchData(Map.of("b", "2", "a", "1"));

    assertThat(data.names()).containsExactly("a", "b");
    assertThat(data.fingerprint("b")).isEqualTo("2");
    assertThatThrownBy(data::only)
        .isInstanceOf(SettingException.class)
        .hasMessage("dataSets must be one, as the method learns from one, got 2: a, b");
    assertThatThrownBy(() -> data.fingerprint("c"))
        .isInstanceOf(SettingException.class)
        .hasMessage("dataSets has no 'c', only a, b");
  }
}
