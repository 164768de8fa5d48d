package org.espalier.autograd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.tensor.Arena;
import org.espalier.tensor.Precision;
import org.espalier.tensor.Shape;
import org.espalier.tensor.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What nobody asks for is neither computed nor kept. */
class ThriftTest {
  private static final Shape PAIR = Shape.of(2);

  private final Tape tape = new Tape(Arena.create(Precision.FLOAT32));
  private final AtomicInteger backwardRuns = new AtomicInteger();

  @AfterEach
  void close() {
    tape.close();
  }

  private Variable pair(double first, double second) {
    return tape.input(PAIR, new double[] {first, second});
  }

  /** The same numbers, counting how often the backward pass comes by. */
  private Variable counted(Variable x) {
    Tensor value = tape.allocate(x.shape());
    value.set(x.value().toDoubles());
    return tape.record(
        value,
        gradient -> {
          backwardRuns.incrementAndGet();
          x.passGradient(gradient);
        },
        x);
  }

  @Test
  void aBranchThatReachesNoLossCostsNothing() {
    Variable x = pair(1, 2);
    counted(counted(x));

    tape.backward(Reductions.sum(x));

    assertThat(backwardRuns).hasValue(0);
    assertThat(x.gradient().toDoubles()).containsExactly(1, 1);
  }

  @Test
  void aBranchOfConstantsCostsNothing() {
    Variable teacher = counted(tape.constant(PAIR, new double[] {3, 4}));
    Variable student = pair(1, 2);

    tape.backward(Losses.meanSquaredError(student, teacher));

    assertThat(backwardRuns).hasValue(0);
    assertThat(teacher.wantsGradient()).isFalse();
    assertThat(student.gradient().toDoubles()).containsExactly(-2, -2);
  }

  @Test
  void aTeacherGetsNoGradient() {
    Variable teacher = tape.input(Shape.of(1, 2), new double[] {1, 2});
    Variable student = tape.input(Shape.of(1, 2), new double[] {2, 1});

    tape.backward(Losses.distillation(student, counted(teacher), 2));

    assertThat(backwardRuns).hasValue(0);
    assertThatThrownBy(teacher::gradient).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aValueWithThreeReadersIsPassedOnce() {
    Variable x = pair(1, 2);
    Variable shared = counted(x);
    Variable sum = Elementwise.add(shared, Elementwise.multiply(shared, shared));

    tape.backward(Reductions.sum(sum));

    assertThat(backwardRuns).hasValue(1);
    assertThat(x.gradient().toDoubles()).containsExactly(1 + 2 * 1, 1 + 2 * 2);
  }

  @Test
  void stepsThatRepeatNeedNoMoreMemory() {
    long capacity = 0;
    for (int step = 0; step < 5; step++) {
      tape.reset();
      Variable x = pair(0.1, 0.2);
      for (int i = 0; i < 20; i++) {
        x = Elementwise.add(Activations.tanh(x), x);
      }
      tape.backward(Reductions.sum(x));
      if (step == 1) {
        capacity = tape.arena().capacityBytes();
      }
    }

    assertThat(tape.arena().capacityBytes()).isEqualTo(capacity).isPositive();
    assertThat(tape.arena().spilledBytes()).isZero();
  }
}
