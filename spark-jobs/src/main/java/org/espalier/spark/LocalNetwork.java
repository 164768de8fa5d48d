package org.espalier.spark;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.Optional;

/**
 * Whether this machine has a network: a driver of Spark listens on an address in local mode too.
 */
public final class LocalNetwork {
  /** What to do where there is none. */
  public static final String ADVICE = "bring the loopback interface up, by 'ip link set lo up'";

  private LocalNetwork() {}

  /** The interfaces that are up, as {@link NetworkInterface#getNetworkInterfaces()} lists them. */
  @FunctionalInterface
  interface Listing {
    /**
     * Lists them.
     *
     * @throws SocketException if there are none
     */
    Object list() throws SocketException;
  }

  /** Why no driver can start here, or empty. Spark itself would fail in loading its classes. */
  public static Optional<String> refusal() {
    return refusal(NetworkInterface::getNetworkInterfaces);
  }

  static Optional<String> refusal(Listing interfaces) {
    try {
      interfaces.list();
      return Optional.empty();
    } catch (SocketException e) {
      return Optional.of(
          "this machine has no network interface that is up, not even its loopback, and Spark listens on one in local mode too (%s)"
              .formatted(e.getMessage()));
    }
  }
}
