package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.List;
import org.espalier.augment.Augmentation;
import org.espalier.storage.SealedTypes;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;

class TrainingSettingsTest {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(SealedTypes.module());

  @Test
  void whatIsLeftOutTakesItsDefault() throws JsonProcessingException {
    TrainingSettings expected =
        new TrainingSettings(
            30,
            128,
            new Optimiser.Sgd(0.1, 0.9),
            new Schedule.Cosine(1.0, 0.0),
            new Regularisation(5e-4, 0.0, 1.0, 0.0, 0.0),
            Augmentation.NONE,
            new EarlyStopping(0, 0.0));

    assertThat(JSON.readValue("{}", TrainingSettings.class)).isEqualTo(expected);
    assertThat(TrainingSettings.defaults()).isEqualTo(expected);
    assertThat(JSON.readValue("{\"type\": \"adam\"}", Optimiser.class))
        .isEqualTo(new Optimiser.Adam(0.001, 0.9, 0.999, 1e-8));
    assertThat(JSON.readValue("{\"type\": \"step\"}", Schedule.class))
        .isEqualTo(new Schedule.Step(1.0, List.of(), 0.1));
    assertThat(JSON.readValue("{\"type\": \"constant\"}", Schedule.class))
        .isEqualTo(new Schedule.Constant(0.0));
  }

  @Test
  void everythingCanBeGiven() throws JsonProcessingException {
    TrainingSettings settings =
        new TrainingSettings(
            7,
            32,
            new Optimiser.Adam(0.002, 0.8, 0.99, 1e-7),
            new Schedule.Step(0.5, List.of(3, 5), 0.2),
            new Regularisation(1e-4, 0.1, 0.5, 2.0, 0.99),
            Augmentation.standard(2, true, 8),
            new EarlyStopping(4, 0.001));

    String json = JSON.writeValueAsString(settings);

    assertThat(json).contains("\"type\":\"adam\"", "\"milestones\":[3,5]", "\"averageDecay\":0.99");
    assertThat(JSON.readValue(json, TrainingSettings.class)).isEqualTo(settings);
  }

  @Test
  void theRateIsTheOptimisersTimesTheSchedules() {
    TrainingSettings settings =
        TrainingSettings.defaults()
            .withEpochs(4)
            .withOptimiser(new Optimiser.Sgd(0.5, null))
            .withSchedule(new Schedule.Cosine(2.0, 0.0));

    assertThat(settings.learningRate(0, 10)).isEqualTo(0.5 / 20, within(1e-12));
    assertThat(settings.learningRate(30, 10)).isEqualTo(0.25, within(1e-12));
  }

  @Test
  void badValuesAreRefusedWithTheirKey() {
    TrainingSettings settings = TrainingSettings.defaults();

    assertThatThrownBy(() -> settings.withEpochs(0))
        .hasMessage("epochs must be from 1 to 1000000, got 0");
    assertThatThrownBy(() -> settings.withBatchSize(-3))
        .hasMessage("batchSize must be from 1 to 65536, got -3");
    assertThatThrownBy(() -> settings.withSchedule(new Schedule.Constant(31.0)))
        .hasMessage("schedule.warmUpEpochs must be at most the number of epochs, 30, got 31.0");
    assertThatThrownBy(() -> new Optimiser.Sgd(0.0, null))
        .hasMessage("learningRate must be above 0, got 0.0");
    assertThatThrownBy(() -> new Optimiser.Sgd(null, 1.0))
        .hasMessage("momentum must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> new Optimiser.Adam(null, null, null, Double.NaN))
        .hasMessage("epsilon must be above 0, got NaN");
  }

  @Test
  void plannedWorkCountsABackwardPassTwice() {
    assertThat(PlannedWork.training(100, 7)).isEqualTo(2100);
    assertThat(PlannedWork.evaluation(100, 7)).isEqualTo(700);
    assertThatThrownBy(() -> PlannedWork.training(Long.MAX_VALUE / 4, 2))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("plan fewer epochs");
    assertThatThrownBy(() -> PlannedWork.training(Long.MAX_VALUE / 2, 1))
        .isInstanceOf(InputException.class);
  }
}
