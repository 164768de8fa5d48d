package org.espalier.search.width;

import java.util.Optional;
import org.espalier.search.DataLoader;
import org.espalier.search.finals.FinalsItem;
import org.espalier.search.finals.FinalsResult;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.FinalsState;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.SearchContractTest;

/** The contract with the other policy, and with learned maps. */
class GumbelSharingSearchTest
    extends SearchContractTest<
        FinalsState<AffineSharingState>,
        Optional<WidthRound.View>,
        FinalsItem<WidthRound.Item>,
        FinalsResult<WidthRound.Result>> {
  @Override
  protected FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      search() {
    return search(0.05);
  }

  @Override
  protected FinalsSearch<AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      failingSearch() {
    return search(1e30);
  }

  private static FinalsSearch<
          AffineSharingState, WidthRound.View, WidthRound.Item, WidthRound.Result>
      search(double trialRate) {
    return TinyAffineSharing.search(
        TinyAffineSharing.settings(
            new Sharing.Learned(null, null, null, null), SamplerSettings.defaults(), trialRate));
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }
}
