package org.espalier.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExportProofTest {
  private static final ExportProof.Exported EXPORTED =
      new ExportProof.Exported(ExportFormat.ONNX, "a runtime 1.2", "0a1b");

  @Test
  void equalLogitsPass() {
    ExportProof proof = compare(new float[] {1, 2, 3, 6, 5, 4}, new float[] {1, 2, 3, 6, 5, 4});

    assertThat(proof.orThrow()).isSameAs(proof);
    assertThat(proof.largestDifference()).isZero();
    assertThat(proof.argmaxAgreement()).isEqualTo(100);
    assertThat(proof.nearTies()).isZero();
    assertThat(proof.classes()).isEqualTo(3);
  }

  @Test
  void theLargestDifferenceOfAnyLogitCounts() {
    ExportProof proof =
        compare(new float[] {1, 2, 3, 6, 5, 4}, new float[] {1, 2, 3, 6, 5, 4.00012f});

    assertThat(proof.passed()).isFalse();
    assertThatThrownBy(proof::orThrow)
        .isInstanceOf(ExportProofException.class)
        .hasMessage(
            "the ONNX export does not agree with the network: largest logit difference 0.000120"
                + " (must be below 1e-04), same class for 2 of 2 images (100.00 %; 0 images are"
                + " near ties)");
  }

  @Test
  void anotherClassFailsHoweverNearTheTieAndTheTieIsReported() {
    ExportProof proof =
        compare(
            new float[] {1, 1.00001f, 0, 6, 5, 4}, new float[] {1.00001f, 1.00000f, 0, 6, 5, 4});

    assertThat(proof.largestDifference()).isLessThan(ExportProof.TOLERANCE);
    assertThat(proof.argmaxAgreement()).isEqualTo(50);
    assertThat(proof.nearTies()).isEqualTo(1);
    assertThatThrownBy(proof::orThrow)
        .hasMessageContaining("same class for 1 of 2 images (50.00 %; 1 images are near ties)");
  }

  @Test
  void theFirstOfEqualLogitsIsTheClass() {
    ExportProof same = compare(new float[] {7, 7, 0}, new float[] {7, 7, 0});
    ExportProof other = compare(new float[] {7, 7, 0}, new float[] {6.99999f, 7, 0});

    assertThat(same.passed()).isTrue();
    assertThat(same.nearTies()).isEqualTo(1);
    assertThat(other.agreeing()).isZero();
  }

  @Test
  void aLogitThatIsNoNumberFails() {
    ExportProof proof = compare(new float[] {1, 2, 3}, new float[] {1, Float.NaN, 3});

    assertThat(proof.largestDifference()).isInfinite();
    assertThat(proof.passed()).isFalse();
  }

  @Test
  void anotherNumberOfLogitsIsRefused() {
    assertThatThrownBy(
            () -> ExportProof.compare(EXPORTED, 1, new float[] {1, 2, 3}, new float[] {1, 2}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the ONNX model gives 2 logits for 1 images, our network 3");
  }

  @Test
  void jsonHoldsAllFigures() throws IOException {
    ExportProof proof = compare(new float[] {1, 2, 3, 6, 5, 4}, new float[] {1, 2, 3.5f, 6, 5, 4});

    JsonNode json = new ObjectMapper().readTree(ExportProof.toJson(List.of(proof))).get(0);

    assertThat(json.get("format").asText()).isEqualTo("ONNX");
    assertThat(json.get("runtime").asText()).isEqualTo("a runtime 1.2");
    assertThat(json.get("fileHash").asText()).isEqualTo("0a1b");
    assertThat(json.get("images").asInt()).isEqualTo(2);
    assertThat(json.get("classes").asInt()).isEqualTo(3);
    assertThat(json.get("largestDifference").asDouble()).isEqualTo(0.5);
    assertThat(json.get("tolerance").asDouble()).isEqualTo(1e-4);
    assertThat(json.get("argmaxAgreement").asDouble()).isEqualTo(100);
    assertThat(json.get("nearTies").asInt()).isZero();
    assertThat(json.get("passed").asBoolean()).isFalse();
  }

  private static ExportProof compare(float[] expected, float[] actual) {
    return ExportProof.compare(EXPORTED, expected.length / 3, expected, actual);
  }
}
