package org.espalier.toy;

import java.util.Optional;
import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.SearchData;

/** The method {@code hillClimbing}: {@link HillClimbingSearch}. */
public final class HillClimbing implements Method<HillClimbingSettings> {
  @Override
  public String key() {
    return "hillClimbing";
  }

  @Override
  public String title() {
    return "Hill climbing over widths";
  }

  @Override
  public Class<HillClimbingSettings> settings() {
    return HillClimbingSettings.class;
  }

  @Override
  public Search<?, ?, ?, ?> search(HillClimbingSettings settings, SearchData data) {
    return new HillClimbingSearch(settings, data.only()).whole();
  }

  @Override
  public Optional<Alias> alias() {
    return Optional.of(new Alias("climb", "Climb over widths: 100 % of steps are by one layer."));
  }
}
