package org.espalier.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.storage.Floats;
import org.junit.jupiter.api.Test;

class SearchResultTest {
  private static final NetworkSpec SPEC =
      ReadyMade.plain(new ImageShape(8, 8, 1), 10, List.of(4), List.of(1));

  @Test
  void theBestOfTheFoundNetworksIsTheOneToUse() {
    SearchResult result =
        new SearchResult(
            List.of(
                network("found", 0, 0.8),
                network("found", 1, 0.9),
                network("found", 2, 0.9),
                network("uniform widths", 0, 0.99)),
            List.of());

    assertThat(result.best()).containsExactly(result.networks().get(1));
    assertThat(new SearchResult(List.of(), List.of()).best()).isEmpty();
  }

  @Test
  void eachBudgetHasItsBest() {
    FoundNetwork dear = network("found", 0, 0.8);
    FoundNetwork cheap = network("found", 0, 0.7).within("5 MACs");
    FoundNetwork cheaper = network("found", 1, 0.6).within("5 MACs");

    SearchResult result = new SearchResult(List.of(dear, cheaper, cheap), List.of());

    assertThat(result.best()).containsExactly(dear, cheap);
  }

  @Test
  void whatDoesNotFitTogetherIsRefused() {
    assertThatThrownBy(() -> network("found", 0, 1.5))
        .hasMessage("validationAccuracy must be in [0, 1], got 1.5");
    assertThatThrownBy(() -> new FoundNetwork.Work(-1, 0)).hasMessageContaining("at least 0");
  }

  private static FoundNetwork network(String role, int number, double accuracy) {
    return new FoundNetwork(
        role, number, SPEC, Floats.EMPTY, Floats.EMPTY, accuracy, new FoundNetwork.Work(0, 1));
  }
}
