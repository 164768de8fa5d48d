package org.espalier.search.random;

import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.SearchData;

/** The method {@code randomWidths}: {@link RandomWidthSearch}. */
public final class RandomWidths implements Method<RandomWidthSettings> {
  @Override
  public String key() {
    return "randomWidths";
  }

  @Override
  public String title() {
    return "Random width search";
  }

  @Override
  public Class<RandomWidthSettings> settings() {
    return RandomWidthSettings.class;
  }

  @Override
  public Search<?, ?, ?, ?> search(RandomWidthSettings settings, SearchData data) {
    return new RandomWidthSearch(settings, data.only()).whole();
  }
}
