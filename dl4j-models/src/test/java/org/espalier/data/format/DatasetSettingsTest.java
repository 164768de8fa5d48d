package org.espalier.data.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.List;
import org.espalier.storage.SealedTypes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class DatasetSettingsTest {
  private static final JsonMapper JSON =
      JsonMapper.builder().addModule(SealedTypes.module()).build();

  static List<DatasetSettings> everyFormat() {
    return List.of(
        new DatasetSettings.Digits(),
        new DatasetSettings.Idx("p", "emnist-digits-", false, List.of("a")),
        new DatasetSettings.Cifar10("p"),
        new DatasetSettings.Cifar100("p"),
        new DatasetSettings.Folder("p", 1, 2, 1, 5, OnUnreadable.SKIP),
        new DatasetSettings.Csv("p", 1, 2, 3, 4, 5, true, List.of("b")),
        new DatasetSettings.Omniglot("p", 3, 4));
  }

  @ParameterizedTest
  @MethodSource("everyFormat")
  void settingsSurviveJson(DatasetSettings settings) throws JsonProcessingException {
    String json = JSON.writerFor(DatasetSettings.class).writeValueAsString(settings);

    assertThat(JSON.readValue(json, DatasetSettings.class)).isEqualTo(settings);
  }

  @Test
  void whatIsLeftOutTakesItsDefault() throws JsonProcessingException {
    DatasetSettings folder =
        JSON.readValue("{\"format\": \"folder\", \"path\": \"p\"}", DatasetSettings.class);
    DatasetSettings emnist =
        JSON.readValue(
            "{\"format\": \"idx\", \"path\": \"p\", \"prefix\": \"emnist-mnist-\"}",
            DatasetSettings.class);

    assertThat(folder)
        .isEqualTo(new DatasetSettings.Folder("p", 0, 0, 3, 50_000_000, OnUnreadable.FAIL));
    assertThat(emnist).isEqualTo(new DatasetSettings.Idx("p", "emnist-mnist-", true, List.of()));
  }

  @Test
  void picturesBecomeImagesAsThoseOfTheData() {
    var own = new DatasetSettings.Folder("p", null, null, 1, 9, null).preprocessing();
    var scaled = new DatasetSettings.Folder("p", 8, 8, 1, null, null).preprocessing();
    var drawings = new DatasetSettings.Omniglot("p", null, null).preprocessing();

    assertThat(own).isEqualTo(new PicturePreprocessing(false, false, 9));
    assertThat(scaled).isEqualTo(new PicturePreprocessing(true, false, 50_000_000));
    assertThat(drawings).isEqualTo(new PicturePreprocessing(true, true, 1 << 20));
    assertThat(new DatasetSettings.Cifar10("p").preprocessing()).isEqualTo(scaled);
  }

  @Test
  void settingsOutOfRangeAreRefusedByName() {
    refused(() -> new DatasetSettings.Cifar10(null), "path is missing");
    refused(() -> new DatasetSettings.Omniglot(" ", 1, 1), "path must not be empty");
    refused(() -> new DatasetSettings.Omniglot("p", 0, 1), "height must be from 1 to 4096, got 0");
    refused(
        () -> new DatasetSettings.Folder("p", 8, null, null, null, null),
        "height and width must both be given or neither, got 8 and 0");
    refused(
        () -> new DatasetSettings.Folder("p", null, null, 2, null, null),
        "channels must be 1 or 3, got 2");
    refused(
        () -> new DatasetSettings.Csv("p", 8, null, null, null, null, null, null),
        "width is missing");
    refused(
        () -> new DatasetSettings.Csv("p", 2, 2, null, 256, null, null, null),
        "maxValue must be from 1 to 255, got 256");
    refused(
        () -> new DatasetSettings.Csv("p", 2, 2, null, null, 5, null, null),
        "labelColumn must be from -1 to 4, got 5");
  }

  private static void refused(Runnable settings, String message) {
    assertThatIllegalArgumentException().isThrownBy(settings::run).withMessageContaining(message);
  }
}
