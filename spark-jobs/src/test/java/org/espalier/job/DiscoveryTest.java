package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.search.Artefact;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchResult;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final List<SearchResult.Failure> FAILURES =
      List.of(
          new SearchResult.Failure("found", 0, "the loss was not finite at step 12"),
          new SearchResult.Failure("found", 1, "the loss was not finite at step 15"));

  @Test
  void aBaselineIsNotHandedOverInPlaceOfWhatWasFound() {
    SearchResult result =
        new SearchResult(List.of(network("uniform widths")), List.of(), FAILURES, List.of());

    assertThatThrownBy(() -> Discovery.check(result))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "the search has no network to hand over: every training of what it found failed"
                + " (found 0: the loss was not finite at step 12; found 1: the loss was not finite"
                + " at step 15); try a smaller learning rate");
  }

  @Test
  void aSearchWithoutAnyNetworkIsRefused() {
    assertThatThrownBy(() -> Discovery.check(new SearchResult(List.of(), List.of())))
        .hasMessageContaining("what it found was never trained to the end");
  }

  @Test
  void oneFoundNetworkSuffices() {
    SearchResult result =
        new SearchResult(
            List.of(network("uniform widths"), network("found")), List.of(), FAILURES, List.of());

    assertThatCode(() -> Discovery.check(result)).doesNotThrowAnyException();
  }

  @Test
  void anArtefactSuffices() {
    Artefact policy =
        new Artefact("policy", "crops", 1, Map.of("policy.json", Bytes.of((byte) 1)), List.of());
    SearchResult result = new SearchResult(List.of(), List.of(policy), FAILURES, List.of());

    assertThatCode(() -> Discovery.check(result)).doesNotThrowAnyException();
  }

  private static FoundNetwork network(String role) {
    return new FoundNetwork(
        role,
        0,
        ReadyMade.plain(new ImageShape(8, 8, 1), 10, List.of(4), List.of(1)),
        Floats.EMPTY,
        Floats.EMPTY,
        0.5,
        new FoundNetwork.Work(0, 0));
  }
}
