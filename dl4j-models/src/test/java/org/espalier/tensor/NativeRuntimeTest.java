package org.espalier.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class NativeRuntimeTest {

  @Test
  void everyThreadThatComputesIsPinned() throws InterruptedException {
    AtomicInteger threads = new AtomicInteger();
    Thread other = new Thread(() -> threads.set(NativeRuntime.describe().threads()));

    other.start();
    other.join();

    assertThat(threads).hasValue(1);
  }

  @Test
  void oneDnnIsThere() {
    NativeRuntime.start();

    assertThat(NativeRuntime.oneDnnLoaded()).isTrue();
  }

  @Test
  void atLeastOneThreadIsNeeded() {
    assertThatThrownBy(() -> NativeRuntime.start(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got 0");
  }
}
