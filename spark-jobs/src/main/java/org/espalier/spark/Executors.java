package org.espalier.spark;

import org.apache.spark.api.java.JavaSparkContext;

/** Counts executors. */
final class Executors {
  private Executors() {}

  /**
   * How many there are; 0 in local mode. Spark's list has the driver too. Scala's list is asked, as
   * Java's came with Spark 4.2.
   */
  static int count(JavaSparkContext context) {
    return context.sc().statusTracker().getExecutorInfos().length - 1;
  }
}
