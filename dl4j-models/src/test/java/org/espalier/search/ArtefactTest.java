package org.espalier.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.espalier.storage.Bytes;
import org.junit.jupiter.api.Test;

class ArtefactTest {
  private static final Map<String, Bytes> FILES =
      Map.of("b.bin", Bytes.of((byte) 1), "a.json", Bytes.EMPTY);

  @Test
  void filesAreInTheOrderOfTheirNames() {
    var artefact = new Artefact("policy", "crops-2", 1, FILES, List.of());

    assertThat(artefact.files().keySet()).containsExactly("a.json", "b.bin");
  }

  @Test
  void whatCouldNotBeAFolderOfFilesIsRefused() {
    assertThatThrownBy(() -> new Artefact("policy", "../model", 1, FILES, List.of()))
        .hasMessage("name must be lower-case letters, digits and hyphens, got '../model'");
    assertThatThrownBy(() -> new Artefact("policy", "p", 0, FILES, List.of()))
        .hasMessage("version must be at least 1, got 0");
    assertThatThrownBy(() -> new Artefact("policy", "p", 1, Map.of(), List.of()))
        .hasMessage("artefact 'p' has no files");
    for (String name : List.of("a/b", "..", "MANIFEST", Artefact.DESCRIPTION)) {
      assertThatThrownBy(() -> new Artefact("policy", "p", 1, Map.of(name, Bytes.EMPTY), List.of()))
          .hasMessage("artefact 'p' cannot have a file named '%s'".formatted(name));
    }
  }

  @Test
  void twoArtefactsOfOneNameAreRefused() {
    var artefact = new Artefact("policy", "p", 1, FILES, List.of());

    assertThatThrownBy(
            () -> new SearchResult(List.of(), List.of(artefact, artefact), List.of(), List.of()))
        .hasMessage("artefacts must have different names, got [p, p]");
  }
}
