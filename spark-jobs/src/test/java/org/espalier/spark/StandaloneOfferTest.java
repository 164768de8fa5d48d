package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StandaloneOfferTest {
  private static final String STATE =
      """
      {"workers": [
        {"state": "ALIVE", "cores": 2, "coresfree": 1, "memoryfree": 512,
         "resourcesfree": {"gpu": {"name": "gpu", "addresses": ["0", "1"]}}},
        {"state": "ALIVE", "cores": 4, "coresfree": 0, "memoryfree": 2048, "resourcesfree": {}},
        {"state": "DEAD", "cores": 8, "coresfree": 8, "memoryfree": 9999}],
       "activeapps": [{}, {}]}
      """;

  @Test
  void livingWorkersAreSummedUp() {
    assertThat(StandaloneOffer.text(STATE, Optional.empty()))
        .isEqualTo(
            "The cluster has 2 workers, 1 of 6 cores free, at most 2,048 MB free on one of them, 2"
                + " GPUs free, and 1 other application.");
  }

  @Test
  void anotherVersionIsSaid() {
    assertThat(StandaloneOffer.text(STATE, Optional.of("3.5.9")))
        .contains("It runs Spark 3.5.9, the driver Spark 4.2.0: they must be the same.");
    assertThat(StandaloneOffer.text(STATE, Optional.of("4.2.0"))).doesNotContain("It runs Spark");
  }

  @Test
  void theVersionStandsInTheHeadOfThePage() {
    String html = "<a><img/><span class=\"version\" style=\"margin: 0\">4.1.2</span></a>";

    assertThat(StandaloneOffer.version(html)).contains("4.1.2");
    assertThat(StandaloneOffer.version("<span class=\"version me-3\">4.3.0</span>"))
        .contains("4.3.0");
    assertThat(StandaloneOffer.version("<html></html>")).isEmpty();
  }

  @Test
  void aClusterWithoutWorkersIsSaidToHaveNone() {
    assertThat(StandaloneOffer.text("{\"workers\": []}", Optional.empty()))
        .isEqualTo("The cluster has no workers that are alive.");
  }
}
