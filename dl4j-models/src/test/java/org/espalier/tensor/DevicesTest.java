package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DevicesTest {

  /** A machine with one device. */
  private record OneDevice(String name, String capability) implements Devices.Driver {
    @Override
    public int count() {
      return 1;
    }

    @Override
    public String name(int address) {
      return name;
    }

    @Override
    public int major(int address) {
      return Integer.parseInt(capability.substring(0, capability.indexOf('.')));
    }

    @Override
    public int minor(int address) {
      return Integer.parseInt(capability.substring(capability.indexOf('.') + 1));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"3.7", "5.0", "5.2", "6.0", "6.1", "7.0", "7.5", "8.0", "8.6", "8.9"})
  void devicesWithCodeAreTaken(String capability) {
    assertThat(Devices.check(0, new OneDevice("Some GPU", capability)))
        .contains("GPU 0")
        .contains("Some GPU")
        .contains(capability);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2.1", "3.5", "9.0", "10.0", "12.0"})
  void devicesWithoutCodeAreRefusedByNameAndCapability(String capability) {
    assertThatThrownBy(() -> Devices.check(0, new OneDevice("H100", capability)))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("H100")
        .hasMessageContaining(capability);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1, 7})
  void missingDevicesAreRefusedByAddress(int address) {
    assertThatThrownBy(() -> Devices.check(address, new OneDevice("T4", "7.5")))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("address " + address)
        .hasMessageContaining("1 device");
  }

  @Test
  void theProcessorIsNeverTakenForADevice() {
    assertThatThrownBy(() -> NativeRuntime.bindDevice(0))
        .isInstanceOf(DeviceException.class)
        .hasMessageContaining("-Pcuda");
  }
}
