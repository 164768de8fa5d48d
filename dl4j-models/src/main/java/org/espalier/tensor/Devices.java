package org.espalier.tensor;

import java.util.Set;

/**
 * Decides whether a GPU can be used. ND4J's CUDA library holds machine code for some compute
 * capabilities and nothing that a driver could translate, so a device of another one would fail
 * inside a kernel.
 */
final class Devices {
  private static final Set<String> CODE =
      Set.of("3.7", "5.0", "5.2", "6.0", "6.1", "7.0", "7.5", "8.0", "8.6");

  private Devices() {}

  /** What the driver says about the devices of this machine. */
  interface Driver {
    int count();

    String name(int address);

    int major(int address);

    int minor(int address);
  }

  /**
   * Checks that a device is there and can be used.
   *
   * @param address index of the device, as the cluster manager gave it
   * @param driver what is there
   * @return the device in one line
   * @throws DeviceException naming device and capability
   */
  static String check(int address, Driver driver) {
    int count = driver.count();
    if (address < 0 || address >= count) {
      throw new DeviceException(
          "there is no GPU at address %s: the driver knows %s device(s)".formatted(address, count));
    }
    int major = driver.major(address);
    int minor = driver.minor(address);
    String device =
        "GPU %s (%s, compute capability %s.%s)"
            .formatted(address, driver.name(address), major, minor);
    if (!runs(major, minor)) {
      throw new DeviceException(
          device
              + " cannot run this library: it holds code for 3.7, 5.0, 5.2, 6.0, 6.1, 7.0, 7.5,"
              + " 8.0 and 8.6 (and 8.6 code runs on 8.9), and none for 9.0 or later");
    }
    return device;
  }

  /** Code runs on the same major version with an equal or larger minor one. */
  private static boolean runs(int major, int minor) {
    for (int older = minor; older >= 0; older--) {
      if (CODE.contains(major + "." + older)) {
        return true;
      }
    }
    return false;
  }
}
