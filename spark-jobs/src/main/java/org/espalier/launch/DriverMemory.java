package org.espalier.launch;

import java.util.Objects;

/**
 * What a driver may use of its machine.
 *
 * @param heapMegabytes its heap
 * @param nativeMegabytes what its process may take beside it
 */
public record DriverMemory(long heapMegabytes, long nativeMegabytes) {
  /** For evaluating and exporting the networks found. */
  private static final long NATIVE = 2048;

  /** A driver on the cluster with as much heap as this process may have. */
  public static DriverMemory ofHeap(long bytes) {
    return new DriverMemory(bytes >> 20, NATIVE);
  }

  /** JavaCPP counts the whole process; a tenth is left for what it does not see. */
  String limit() {
    return Objects.toString((heapMegabytes + nativeMegabytes) * 9 / 10) + "m";
  }
}
