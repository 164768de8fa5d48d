package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class LostCharactersTest {
  @Test
  void charactersThatTheLocaleLostAreRefusedWithWhatToSet() {
    assertThatThrownBy(() -> LostCharacters.refuse(List.of("--config", "l\ufffd\ufffdwe"), "/"))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("the argument 'l??we'", "set LC_ALL=C.UTF-8");
    assertThatThrownBy(() -> LostCharacters.refuse(List.of(), "/home/j\ufffdrgen"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("the working folder '/home/j?rgen'");
    assertThatCode(() -> LostCharacters.refuse(List.of("l\u00f6we"), "/\u82b1"))
        .doesNotThrowAnyException();
  }
}
