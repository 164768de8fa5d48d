package org.espalier.meta;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.settings.SettingException;
import org.junit.jupiter.api.Test;

class ClassPartsTest {
  private static final List<String> CLASSES =
      List.of("Greek/character01", "Greek/character02", "Latin/character01", "Korean/character01");

  private static ClassParts named(List<String> validation, List<String> test) {
    return new ClassParts(validation, test, null, null, null);
  }

  @Test
  void namesOfGroupsStandForTheirClasses() {
    var parts = named(List.of("Korean"), List.of("Greek")).of(CLASSES);

    assertThat(parts.test()).containsExactly(0, 1);
    assertThat(parts.validation()).containsExactly(3);
    assertThat(parts.train()).containsExactly(2);
  }

  @Test
  void namesOfClassesStandForThemselves() {
    assertThat(named(List.of(), List.of("Greek/character02")).of(CLASSES).test())
        .containsExactly(1);
  }

  @Test
  void withoutNamesClassesAreDealt() {
    var parts = new ClassParts(null, null, 0.25, 0.25, 7L).of(CLASSES);

    assertThat(parts.test()).hasSize(1);
    assertThat(parts.validation()).hasSize(1);
    assertThat(parts.train()).hasSize(2);
  }

  @Test
  void anUnknownNameIsRefusedWithWhatWasPerhapsMeant() {
    assertThatThrownBy(() -> named(List.of(), List.of("Greak")).of(CLASSES))
        .isInstanceOf(SettingException.class)
        .hasMessageContaining("'Greak'")
        .hasMessageContaining("did you mean 'Greek'?");
  }

  @Test
  void aClassInBothPartsIsRefused() {
    assertThatThrownBy(() -> named(List.of("Greek/character01"), List.of("Greek")).of(CLASSES))
        .hasMessageContaining("'Greek/character01', which is in validation too");
  }

  @Test
  void namesAndSharesTogetherAreRefused() {
    assertThatThrownBy(() -> new ClassParts(null, List.of("Greek"), null, 0.2, null))
        .hasMessageContaining("says nothing beside classes that are named");
  }

  @Test
  void nothingLeftToLearnFromIsRefused() {
    assertThatThrownBy(() -> named(List.of("Korean"), List.of("Greek", "Latin")).of(CLASSES))
        .hasMessageContaining("leave no class to learn from");
  }
}
