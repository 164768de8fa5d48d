package org.espalier.search.width;

import org.espalier.search.DataLoader;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.random.TinyWidthSearch;
import org.espalier.search.rounds.SearchContractTest;

/** The contract with the other policy, and with learned maps. */
class GumbelSharingSearchTest
    extends SearchContractTest<AffineSharingState, WidthView, WidthItem, WidthResult> {
  @Override
  protected AffineSharingSearch search() {
    return search(0.05);
  }

  @Override
  protected AffineSharingSearch failingSearch() {
    return search(1e30);
  }

  private static AffineSharingSearch search(double trialRate) {
    return TinyAffineSharing.search(
        TinyAffineSharing.settings(
            new Sharing.Learned(null, null, null, null), SamplerSettings.defaults(), trialRate));
  }

  @Override
  protected DataLoader data() {
    return TinyWidthSearch.data();
  }
}
