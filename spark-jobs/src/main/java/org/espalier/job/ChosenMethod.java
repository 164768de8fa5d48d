package org.espalier.job;

import java.util.Objects;
import org.espalier.search.Search;
import org.espalier.search.finals.MethodSettings;
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

  /** The search on data of a fingerprint. */
  Search<?, ?, ?, ?> search(String data) {
    return method.search().search(settings, data);
  }

  /**
   * What executors need to perform it.
   *
   * @param data fingerprint of the images
   * @param folder URI of the folder where they are packed
   */
  ExecutorSetup setup(String data, String folder) {
    return MethodSetup.of(method.type(), settings, method.search(), data, folder);
  }
}
