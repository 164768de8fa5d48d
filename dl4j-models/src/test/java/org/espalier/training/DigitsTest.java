package org.espalier.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.LabelledData;
import org.espalier.data.Split;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.junit.jupiter.api.Test;

class DigitsTest {
  @Test
  void aSmallNetworkLearnsToReadDigitsInAFewEpochs() {
    LabelledData data = Datasets.open(new DatasetSettings.Digits(), new Configuration(false));
    Split split = Splits.split(data, SplitSettings.STANDARD);
    NetworkSpec spec =
        ReadyMade.plain(data.images().shape(), 10, List.of(8, 16, 32), List.of(1, 2, 1));
    TrainingSettings settings =
        TrainingSettings.defaults()
            .withEpochs(5)
            .withBatchSize(32)
            .withRegularisation(new Regularisation(null, null, null, null, 0.95));
    TrainingData training = TrainingData.of(data, split);

    TrainedWeights weights;
    try (Trainer trainer = new Trainer(spec, settings, training, 1)) {
      weights = trainer.result(trainer.run(trainer.start(), TrainingListener.NONE).state());
    }

    EvaluationResult result =
        Evaluation.standard()
            .evaluate(spec, weights, data.images(), split.test(), training.normalization());
    assertThat(result.examples()).isGreaterThanOrEqualTo(400);
    assertThat(result.accuracy()).isGreaterThan(0.9);
    assertThat(result.topK()).isGreaterThan(0.99);
    assertThat(result.mistakes()).hasSizeLessThanOrEqualTo(25);
  }
}
