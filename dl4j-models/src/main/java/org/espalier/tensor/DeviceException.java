package org.espalier.tensor;

/** A computing device that is missing, or that the native library cannot use. */
public final class DeviceException extends RuntimeException {
  /** With a message that names the device and what is wrong with it. */
  public DeviceException(String message) {
    super(message);
  }
}
