package org.espalier.search.width;

import java.util.Optional;
import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.SearchData;

/** The method {@code affineSharing}: {@link AffineSharingSearch}. */
public final class AffineSharing implements Method<AffineSharingSettings> {
  @Override
  public String key() {
    return "affineSharing";
  }

  @Override
  public String title() {
    return "Width search with affine parameter sharing";
  }

  @Override
  public Class<AffineSharingSettings> settings() {
    return AffineSharingSettings.class;
  }

  @Override
  public Search<?, ?, ?, ?> search(AffineSharingSettings settings, SearchData data) {
    return new AffineSharingSearch(settings, data.only()).whole();
  }

  @Override
  public Optional<Alias> alias() {
    return Optional.of(
        new Alias(
            "width",
            "Search the widths of a network under a budget on Spark with affine parameter sharing,"
                + " retrain what was found, evaluate, export with proof, report."));
  }
}
