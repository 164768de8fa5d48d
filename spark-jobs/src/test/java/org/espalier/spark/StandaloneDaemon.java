package org.espalier.spark;

import java.io.IOException;
import java.util.Arrays;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master;
import org.apache.spark.deploy.worker.Worker;

/**
 * A master or worker of Spark in a process of its own, which ends when its standard input does: a
 * test that is killed leaves none behind.
 */
final class StandaloneDaemon {
  static final String READY = "ready ";

  private StandaloneDaemon() {}

  /**
   * {@code master}, which says {@code ready PORT WEBPORT}, or {@code worker} and what Spark's
   * worker takes.
   */
  public static void main(String[] arguments) throws Exception {
    endWithParent();
    if (arguments[0].equals("worker")) {
      Worker.main(Arrays.copyOfRange(arguments, 1, arguments.length));
      return;
    }
    var started = Master.startRpcEnvAndEndpoint("127.0.0.1", 0, 0, new SparkConf());
    System.out.println(READY + started._1().address().port() + " " + started._2());
    started._1().awaitTermination();
  }

  private static void endWithParent() {
    Thread watcher =
        new Thread(
            () -> {
              try {
                while (System.in.read() >= 0) {
                  // Nothing is ever written; only the end counts.
                }
              } catch (IOException gone) {
                System.err.println("the parent is gone: " + gone);
              }
              System.exit(0);
            },
            "parent");
    watcher.setDaemon(true);
    watcher.start();
  }
}
