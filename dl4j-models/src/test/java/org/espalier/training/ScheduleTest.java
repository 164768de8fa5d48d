package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleTest {
  @Test
  void warmUpRisesInEqualStepsToOne() {
    Schedule schedule = new Schedule.Constant(2.0);

    assertThat(schedule.factor(0, 4, 10)).isEqualTo(1 / 8.0);
    assertThat(schedule.factor(3, 4, 10)).isEqualTo(4 / 8.0);
    assertThat(schedule.factor(7, 4, 10)).isEqualTo(1);
    assertThat(schedule.factor(8, 4, 10)).isEqualTo(1);
  }

  @Test
  void aWarmUpShorterThanAStepIsNone() {
    assertThat(new Schedule.Constant(0.1).factor(0, 4, 10)).isEqualTo(1);
  }

  @Test
  void cosineWithoutWarmUpIsHalfACosineOverTheSteps() {
    Schedule schedule = new Schedule.Cosine(0.0, 0.0);

    assertThat(schedule.factor(0, 10, 6)).isEqualTo(1);
    assertThat(schedule.factor(20, 10, 6)).isEqualTo(0.75, within(1e-12));
    assertThat(schedule.factor(30, 10, 6)).isEqualTo(0.5, within(1e-12));
    assertThat(schedule.factor(40, 10, 6)).isEqualTo(0.25, within(1e-12));
  }

  @Test
  void cosineBeginsWhenTheWarmUpEndsAndEndsAtTheFloor() {
    Schedule schedule = new Schedule.Cosine(2.0, 0.1);

    assertThat(schedule.factor(20, 10, 6)).isEqualTo(1);
    assertThat(schedule.factor(40, 10, 6)).isEqualTo(0.55, within(1e-12));
    assertThat(schedule.factor(60, 10, 6)).isEqualTo(0.1, within(1e-12));
    assertThat(schedule.factor(99, 10, 6)).isEqualTo(0.1, within(1e-12));
  }

  @Test
  void stepFallsAtTheBeginningOfEachMilestone() {
    Schedule schedule = new Schedule.Step(0.0, List.of(2, 3), 0.1);

    assertThat(schedule.factor(19, 10, 6)).isEqualTo(1);
    assertThat(schedule.factor(20, 10, 6)).isEqualTo(0.1);
    assertThat(schedule.factor(30, 10, 6)).isEqualTo(0.01, within(1e-15));
  }

  @Test
  void badSchedulesAreRefusedWithTheirKey() {
    assertThatThrownBy(() -> new Schedule.Cosine(-1.0, null))
        .hasMessage("warmUpEpochs must be at least 0, got -1.0");
    assertThatThrownBy(() -> new Schedule.Cosine(null, 1.5))
        .hasMessage("floor must be in [0, 1], got 1.5");
    assertThatThrownBy(() -> new Schedule.Step(null, List.of(3, 3), null))
        .hasMessage("milestones must be rising, got [3, 3]");
    assertThatThrownBy(() -> new Schedule.Step(null, null, 1.0))
        .hasMessage("factor must be in [0, 1), got 1.0");
  }
}
