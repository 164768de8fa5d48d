package org.espalier.spark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.espalier.text.InputException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The masters of a standalone cluster, looked at before anything is launched. */
public final class StandaloneMaster {
  static final String SCHEME = "spark://";

  private static final Logger LOG = LoggerFactory.getLogger(StandaloneMaster.class);
  private static final int CONNECT_MILLIS = 5000;

  private StandaloneMaster() {}

  /**
   * Looks whether a master answers and, where its page can be read, runs a version of Spark that
   * the driver understands; does nothing for other masters than standalone ones. Spark itself would
   * try for a minute, then end its context in another thread.
   *
   * @param driver version of the driver's Spark
   * @throws NoExecutorsException if not
   * @throws InputException if the master is no address
   */
  public static void check(SparkCluster cluster, String driver) {
    String master = cluster.master();
    if (!master.startsWith(SCHEME)) {
      return;
    }
    reach(master);
    Optional<String> refusal =
        version(cluster).flatMap(theirs -> SparkVersions.refusal(driver, theirs));
    if (refusal.isPresent()) {
      throw new NoExecutorsException(master + ": " + refusal.get());
    }
  }

  /**
   * The version of a standalone cluster's Spark.
   *
   * @return empty if the master's page does not answer, at port 8080 or at the one that the setting
   *     {@code spark.master.ui.port} names
   */
  public static Optional<String> version(SparkCluster cluster) {
    return StandaloneOffer.version(cluster.master(), cluster.conf());
  }

  private static void reach(String master) {
    for (String address : master.substring(SCHEME.length()).split(",", -1)) {
      URI uri = standalone(address, master);
      try (Socket socket = new Socket()) {
        socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
        return;
      } catch (IOException e) {
        LOG.debug("{} does not answer", uri, e);
      }
    }
    throw new NoExecutorsException(
        "no Spark master answers at %s; is it running, and is the port right?".formatted(master));
  }

  private static URI standalone(String address, String master) {
    try {
      URI uri = new URI(SCHEME + address);
      if (uri.getHost() != null && uri.getPort() >= 0) {
        return uri;
      }
    } catch (URISyntaxException e) {
      LOG.debug("'{}' is no address", address, e);
    }
    throw new InputException(
        "a standalone master is spark://host:port[,host:port], got '" + master + "'");
  }
}
