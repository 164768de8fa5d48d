package org.espalier.latency;

import org.espalier.network.NetworkSpec;

/** Times networks on one image. */
public interface Stopwatch {

  /** Makes a network ready to be timed; which weights it has does not matter. */
  Timed open(NetworkSpec network);

  /** The program that runs networks, with its version. */
  String runtime();

  /** What is read, for people. */
  String clock();

  /** How many threads compute an operation. */
  int threads();

  /** A network that can be timed. */
  interface Timed extends AutoCloseable {
    /**
     * Microseconds of a run, on average over some in a row.
     *
     * @param runs at least 1
     */
    double microseconds(int runs);

    @Override
    void close();
  }
}
