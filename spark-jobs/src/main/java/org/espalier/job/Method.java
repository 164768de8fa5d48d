package org.espalier.job;

import java.util.Objects;
import java.util.function.Function;
import org.espalier.search.finals.MethodSettings;
import org.espalier.spark.MethodSetup;

/**
 * A search method as jobs know it.
 *
 * @param key of its section in a configuration
 * @param title heading of its reports
 * @param type of its settings
 * @param section its settings in a configuration, {@code null} if they are not given
 * @param search makes the search, usually a constructor
 * @param <C> settings of the method
 */
record Method<C extends MethodSettings>(
    String key,
    String title,
    Class<C> type,
    Function<SearchSettings, C> section,
    MethodSetup.Method<C> search) {
  Method {
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(title, "title");
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(section, "section");
    Objects.requireNonNull(search, "search");
  }
}
