package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.NetworkInterface;
import java.net.SocketException;
import org.junit.jupiter.api.Test;

class LocalNetworkTest {
  @Test
  void aMachineWithoutInterfacesIsRefusedInWords() {
    assertThat(
            LocalNetwork.refusal(
                () -> {
                  throw new SocketException("No network interfaces configured");
                }))
        .get()
        .asString()
        .contains("no network interface that is up", "No network interfaces configured");
  }

  @Test
  void aMachineWithInterfacesIsNot() {
    assertThat(LocalNetwork.refusal(NetworkInterface::getNetworkInterfaces)).isEmpty();
    assertThat(LocalNetwork.refusal()).isEmpty();
  }
}
