package org.espalier.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorWatchTest {
  private final List<String> said = new ArrayList<>();
  private int executors = 2;
  private long now;

  @Test
  void executorsThatAreGoneAreSaidOnceAndSoAreThoseThatAreBack() {
    ExecutorWatch watch = watch(0);
    seconds(watch, 10);
    executors = 0;
    seconds(watch, 1);
    assertThat(said).containsExactly("all executors are gone; waiting up to 60 s for others");
    seconds(watch, 30);
    executors = 1;
    seconds(watch, 1);
    executors = 0;
    seconds(watch, 50);

    assertThat(said).hasSize(3).element(1).isEqualTo("executors are back: 1");
  }

  @Test
  void itIsSaidAgainEachMinute() {
    ExecutorWatch watch =
        new ExecutorWatch(
            () -> 0,
            new ExecutorWatch.Patience(Duration.ZERO, Duration.ofMinutes(5)),
            () -> now,
            said::add);

    seconds(watch, 125);

    assertThat(said)
        .containsExactly(
            "all executors are gone; waiting up to 300 s for others",
            "still no executor; waiting up to 239 s more",
            "still no executor; waiting up to 179 s more");
  }

  @Test
  void afterAWhileItGivesUp() {
    ExecutorWatch watch = watch(0);
    executors = 0;

    assertThatThrownBy(() -> seconds(watch, 70))
        .isInstanceOf(NoExecutorsException.class)
        .hasMessageContaining("no other came in 60 s")
        .hasMessageContaining("goes on from the last checkpoint");
    assertThat(now).isEqualTo(Duration.ofSeconds(61).toNanos());
  }

  @Test
  void idleExecutorsThatSparkLetsGoAreNotWorthALine() {
    ExecutorWatch watch = watch(20);
    executors = 0;
    seconds(watch, 20);
    executors = 3;
    seconds(watch, 1);
    assertThat(said).isEmpty();
    executors = 0;

    seconds(watch, 21);

    assertThat(said).hasSize(1);
  }

  @Test
  void aProcessThatWasSuspendedDoesNotGiveUp() {
    ExecutorWatch watch = watch(0);
    executors = 0;
    seconds(watch, 1);

    now += Duration.ofHours(1).toNanos();
    watch.look();
    now += Duration.ofHours(1).toNanos();
    watch.begin();
    watch.look();

    assertThat(said).hasSize(1);
  }

  private ExecutorWatch watch(int unsaid) {
    return new ExecutorWatch(
        () -> executors,
        new ExecutorWatch.Patience(Duration.ofSeconds(unsaid), Duration.ofSeconds(60)),
        () -> now,
        said::add);
  }

  private void seconds(ExecutorWatch watch, int count) {
    for (int i = 0; i < count; i++) {
      now += Duration.ofSeconds(1).toNanos();
      watch.look();
    }
  }
}
