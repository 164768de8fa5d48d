package org.espalier.tensor;

import org.bytedeco.cuda.cudart.cudaDeviceProp;
import org.bytedeco.cuda.global.cudart;
import org.bytedeco.javacpp.Loader;

/**
 * What NVIDIA's driver says about the devices of this machine, asked before ND4J touches one: ND4J
 * itself would print a stack trace, or fail inside its first kernel.
 */
final class CudaDriver implements Devices.Driver {
  private static final String BACKEND = "org/nd4j/linalg/jcublas/JCublasBackend.class";

  private CudaDriver() {}

  /** Whether this build computes on a GPU. */
  static boolean onClassPath() {
    return CudaDriver.class.getClassLoader().getResource(BACKEND) != null;
  }

  /**
   * Loads the CUDA runtime.
   *
   * @throws DeviceException if the driver is not installed
   */
  static CudaDriver load() {
    try {
      Loader.load(cudart.class);
      return new CudaDriver();
    } catch (UnsatisfiedLinkError | NoClassDefFoundError absent) {
      throw new DeviceException(
          "this build computes on an NVIDIA GPU (it was built with -Pcuda), and the CUDA runtime"
              + " does not load here: "
              + absent.getMessage()
              + "; install NVIDIA's driver");
    }
  }

  @Override
  public int count() {
    int[] count = new int[1];
    return cudart.cudaGetDeviceCount(count) == cudart.cudaSuccess ? count[0] : 0;
  }

  @Override
  public String name(int address) {
    try (cudaDeviceProp properties = properties(address)) {
      return properties.name().getString();
    }
  }

  @Override
  public int major(int address) {
    try (cudaDeviceProp properties = properties(address)) {
      return properties.major();
    }
  }

  @Override
  public int minor(int address) {
    try (cudaDeviceProp properties = properties(address)) {
      return properties.minor();
    }
  }

  private static cudaDeviceProp properties(int address) {
    cudaDeviceProp properties = new cudaDeviceProp();
    int status = cudart.cudaGetDeviceProperties(properties, address);
    if (status != cudart.cudaSuccess) {
      throw new DeviceException(
          "the driver does not describe GPU %s: %s"
              .formatted(address, cudart.cudaGetErrorString(status).getString()));
    }
    return properties;
  }
}
