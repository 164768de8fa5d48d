package org.espalier.meta;

import java.util.List;
import org.espalier.meta.MetaState.Role;
import org.espalier.search.DataLoader;
import org.espalier.search.Search;
import org.espalier.search.rounds.SearchContractTest;

class MetaSearchTest extends SearchContractTest<MetaState, MetaView, MetaItem, MetaResult> {
  @Override
  protected Search<MetaState, MetaView, MetaItem, MetaResult> search() {
    return CurveMixture.search(
        CurveMixture.learning(4, 0.02, OuterRule.FIRST_ORDER),
        List.of(Role.FIXED, Role.ONE_FOR_ALL, Role.FROM_SCRATCH));
  }

  /** Steps so long that losses overflow. */
  @Override
  protected Search<MetaState, MetaView, MetaItem, MetaResult> failingSearch() {
    return CurveMixture.search(CurveMixture.learning(3, 1e30, OuterRule.SECOND_ORDER), List.of());
  }

  @Override
  protected DataLoader data() {
    return DataLoader.NONE;
  }
}
