package org.espalier.search.augment;

import java.util.Optional;
import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.SearchData;

/** Augmentation search, as the program knows it. */
public final class AugmentMethod implements Method<AugmentSettings> {
  @Override
  public String key() {
    return "augment";
  }

  @Override
  public String title() {
    return "Augmentation search";
  }

  @Override
  public Class<AugmentSettings> settings() {
    return AugmentSettings.class;
  }

  @Override
  public Search<?, ?, ?, ?> search(AugmentSettings settings, SearchData data) {
    return settings.densityMatching().given()
        ? new DensitySearch(settings, data.only()).whole()
        : new AugmentSearch(settings, data.only()).whole();
  }

  @Override
  public Optional<Alias> alias() {
    return Optional.of(
        new Alias("augment", "Search which changes of training images serve learning best."));
  }
}
