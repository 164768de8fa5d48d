package org.espalier.spark;

import java.util.function.UnaryOperator;
import org.apache.spark.SparkConf;
import scala.Tuple2;

/**
 * Settings of Spark for a driver that only its own machine needs to reach. Spark's pages listen on
 * every address unless the environment names one, whatever the driver itself listens on; here they
 * listen where the driver does.
 */
final class LoopbackConf extends SparkConf {
  private static final long serialVersionUID = 1L;
  private static final String LOOPBACK = "127.0.0.1";
  private static final String BIND_ADDRESS = "spark.driver.bindAddress";

  private final transient UnaryOperator<String> environment;

  /** Spark's defaults and system properties. */
  LoopbackConf() {
    this(System::getenv);
  }

  /** The same with another environment than that of this process. */
  LoopbackConf(UnaryOperator<String> environment) {
    super(true);
    this.environment = environment;
    // Host names of laptops often do not resolve.
    setIfMissing("spark.driver.host", LOOPBACK);
    setIfMissing(BIND_ADDRESS, LOOPBACK);
  }

  private LoopbackConf(LoopbackConf copied) {
    super(false);
    this.environment = copied.environment;
    for (Tuple2<String, String> setting : copied.getAll()) {
      set(setting._1(), setting._2());
    }
  }

  @Override
  public String getenv(String name) {
    String value = environment.apply(name);
    return value == null && name.equals("SPARK_LOCAL_IP") ? get(BIND_ADDRESS) : value;
  }

  /** A Spark context works with a copy. */
  @Override
  public SparkConf clone() {
    return new LoopbackConf(this);
  }
}
