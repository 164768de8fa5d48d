package org.espalier.job;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade;
import org.espalier.report.Table;
import org.espalier.search.FoundNetwork;
import org.espalier.search.SearchResult;
import org.espalier.storage.Floats;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
  private static final Table TRAININGS =
      new Table(
          "Final trainings",
          List.of("network", "widths", "validation accuracy, %"),
          List.of(
              List.of("found 0", "[4]", "the loss was not finite at step 12"),
              List.of("found 1", "[4]", "the loss was not finite at step 15"),
              List.of("uniform widths 0", "[8]", "50.00")));

  @Test
  void aBaselineIsNotHandedOverInPlaceOfWhatWasFound() {
    SearchResult result = new SearchResult(List.of(network("uniform widths")), List.of(TRAININGS));

    assertThatThrownBy(() -> Discovery.check(result))
        .isInstanceOf(IllegalArgumentException.class)
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
        new SearchResult(List.of(network("found"), network("uniform widths")), List.of(TRAININGS));

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
