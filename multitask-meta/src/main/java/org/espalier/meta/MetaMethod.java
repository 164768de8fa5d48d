package org.espalier.meta;

import java.util.Optional;
import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.SearchData;

/** Meta search, as the program knows it. */
public final class MetaMethod implements Method<MetaSettings> {
  @Override
  public String key() {
    return "meta";
  }

  @Override
  public String title() {
    return "Meta search";
  }

  @Override
  public Class<MetaSettings> settings() {
    return MetaSettings.class;
  }

  @Override
  public Search<?, ?, ?, ?> search(MetaSettings settings, SearchData data) {
    return new MetaSearch(settings.learning(), new ImageSource(settings, data), settings.roles());
  }

  @Override
  public Optional<Alias> alias() {
    return Optional.of(
        new Alias("meta", "Learn from many tasks to pick and adapt a network for a new one."));
  }
}
