package org.espalier.storage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamWriteFeature;

/** JSON that is hashed or compared: a number is written with the same digits on every JVM. */
public final class StableJson {
  private StableJson() {}

  /**
   * A factory to be completed. {@link Double#toString} changed in JDK 19: 2^60 was
   * 1.15292150460684698E18 before. Jackson's fast writer is the newer algorithm (R. Giulietti, The
   * Schubfach way to render doubles, 2020) on every JVM.
   */
  public static JsonFactoryBuilder factory() {
    return new JsonFactoryBuilder().enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER);
  }

  /** Such a factory with nothing more. */
  public static JsonFactory plain() {
    return factory().build();
  }
}
