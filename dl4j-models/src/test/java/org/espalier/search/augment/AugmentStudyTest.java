package org.espalier.search.augment;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.espalier.augment.ImageOperation;
import org.espalier.data.LabelledData;
import org.espalier.data.Split;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.storage.HadoopFileSystems;
import org.junit.jupiter.api.Test;

/** A small twin of the study with a known answer. */
class AugmentStudyTest {
  private static final LabelledData DIGITS =
      Datasets.open(new DatasetSettings.Digits(), HadoopFileSystems.configuration());
  private static final LabelledData TURNED = AugmentStudy.turned(DIGITS, 1000, 780, 2);

  @Test
  void imagesToJudgeByAreTurnedAndNoOthers() {
    Split split = Splits.split(TURNED, SplitSettings.STANDARD);

    assertThat(split.train()).hasSize(1000);
    assertThat(split.validation()).hasSize(390);
    assertThat(split.test()).hasSize(390);
    // As dark as they were but for what left the image or was taken twice.
    byte[] image = new byte[64];
    double changed = 0;
    for (int example : split.validation()) {
      TURNED.images().read(example, image);
      changed += image[0] == 0 && image[7] == 0 && image[56] == 0 && image[63] == 0 ? 1 : 0;
    }
    assertThat(changed / 390).isGreaterThan(0.5);
  }

  @Test
  void rotationIsFoundAndInvertingIsNot() {
    AugmentSettings settings =
        AugmentStudy.settings(
            null,
            LevelSlope.DIFFERENCE,
            new LearningSettings(80, 10, 2, 4, 64, 64, 128, 0.1, 0.5, null));

    List<AugmentStudy.Found> found = AugmentStudy.run(TURNED, settings, 2);

    AugmentStudy.Found rotation = of(found, ImageOperation.ROTATE);
    AugmentStudy.Found inverting = of(found, ImageOperation.INVERT);
    double mean = found.stream().mapToDouble(AugmentStudy.Found::in).average().orElseThrow();
    assertThat(rotation.in()).isGreaterThan(mean + 0.1).isGreaterThan(inverting.in() + 0.2);
    assertThat(rotation.applied()).isGreaterThan(0.5);
    assertThat(inverting.in()).isLessThan(mean);
  }

  private static AugmentStudy.Found of(List<AugmentStudy.Found> found, ImageOperation operation) {
    return found.stream().filter(each -> each.operation() == operation).findFirst().orElseThrow();
  }
}
