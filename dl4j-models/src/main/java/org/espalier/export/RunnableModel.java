package org.espalier.export;

/** An exported file opened by another program. Belongs to one thread. */
public sealed interface RunnableModel extends LogitsFunction, AutoCloseable
    permits OnnxModel, Dl4jModel {
  /** Name and version of the program that runs it. */
  String runtime();

  @Override
  void close();
}
