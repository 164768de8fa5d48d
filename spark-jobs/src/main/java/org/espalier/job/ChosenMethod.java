package org.espalier.job;

import java.util.Objects;
import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.MethodSettings;
import org.espalier.search.method.SearchData;
import org.espalier.spark.ExecutorSetup;
import org.espalier.spark.MethodSetup;

/**
 * A method with its settings.
 *
 * @param method which one
 * @param settings of it
 * @param <C> settings of the method
 */
record ChosenMethod<C extends MethodSettings>(Method<C> method, C settings) {
  ChosenMethod {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(settings, "settings");
  }

  /** A method with settings of its type. */
  static <C extends MethodSettings> ChosenMethod<C> of(Method<C> method, Record settings) {
    return new ChosenMethod<>(method, method.settings().cast(settings));
  }

  /** The search on some data. */
  Search<?, ?, ?, ?> search(SearchData data) {
    return method.search(settings, data);
  }

  /**
   * What executors need to perform it.
   *
   * @param folder URI of the folder where the data are packed
   */
  ExecutorSetup setup(SearchData data, String folder) {
    return MethodSetup.of(method, settings, data, folder);
  }

  /** What is searched and under which budget, in one line for people. */
  String describe() {
    String within = settings.limit().map(budget -> ", within " + budget.describe()).orElse("");
    return "%s: %s%s".formatted(method.title(), settings.describe(), within);
  }
}
