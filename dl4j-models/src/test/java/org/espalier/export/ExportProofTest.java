package org.espalier.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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

    assertThat(proof.passed()).isTrue();
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
    assertThat(proof.largest()).isEqualTo(new ExportProof.Difference(1, 2, 4, 4.00012f));
    assertThat(proof.describe())
        .isEqualTo(
            "the ONNX export does not agree with the network: for test image 2 of the proof the"
                + " logit of class 3 is 4.00012 instead of 4.0, a difference of 0.000120 where"
                + " rounding explains less than 1.0e-04; the same class for 2 of 2 images, 0 of"
                + " which are near ties");
  }

  @Test
  void largeLogitsMayDifferByTheStepsInWhichTheyAreRounded() {
    float[] ours = {699, 2, -3};
    float step = Math.ulp(699f);

    assertThat(compare(ours, new float[] {699 + 2 * step, 2, -3}).passed()).isTrue();
    assertThat(compare(ours, new float[] {699, 2 + 2 * step, -3}).passed()).isTrue();
    assertThat(compare(ours, new float[] {699, 2.01f, -3}).passed()).isFalse();
    assertThat(compare(ours, ours).tolerance()).isCloseTo(699 * 1e-5, within(1e-12));
  }

  @Test
  void whatTheRuntimeDiffersByFromItselfExplainsALittleMore() {
    float[] ours = {699, 2, 3};
    float[] theirs = {699, 2.1f, 3};

    assertThat(compare(ours, theirs, 0.01).passed()).isFalse();
    assertThat(compare(ours, theirs, 0.03).passed()).isTrue();
    assertThat(compare(ours, theirs, 0.03).tolerance()).isCloseTo(0.12, within(1e-12));
    assertThat(compare(ours, theirs, 1e9).tolerance()).isCloseTo(0.699, within(1e-12));
  }

  @Test
  void meansOverManyPlacesMayDifferByWhatTheirSumsAreRounded() {
    var largeMap = new ExportProof.Rounding(128 * 128, 0);
    float[] ours = {-3, 2, 1};

    assertThat(compare(ours, ours, largeMap).tolerance())
        .isCloseTo(3 * 16_384 * Math.pow(2, -25), within(1e-12));
    assertThat(compare(ours, new float[] {-3.0003f, 2, 1}, largeMap).passed()).isTrue();
    assertThat(compare(ours, new float[] {-3.0003f, 2, 1}, 0).passed()).isFalse();
    assertThat(compare(ours, ours, new ExportProof.Rounding(1L << 40, 0)).tolerance())
        .isCloseTo(0.03, within(1e-12));
  }

  @Test
  void wrongLogitsOfLargeMapsFail() {
    var largeMap = new ExportProof.Rounding(128 * 128, 0);
    float[] ours = {-3, 2, 1};

    ExportProof otherClass = compare(ours, new float[] {-3, 1, 2}, largeMap);
    ExportProof slightly = compare(ours, new float[] {-3, 2.002f, 1}, largeMap);

    assertThat(otherClass.passed()).isFalse();
    assertThat(otherClass.agreeing()).isZero();
    assertThat(otherClass.nearTies()).isZero();
    assertThat(slightly.passed()).isFalse();
    assertThat(slightly.agreeing()).isEqualTo(1);
  }

  @Test
  void atANearTieEitherClassIsRight() {
    ExportProof proof =
        compare(
            new float[] {1, 1.00001f, 0, 6, 5, 4}, new float[] {1.00001f, 1.00000f, 0, 6, 5, 4});

    assertThat(proof.passed()).isTrue();
    assertThat(proof.argmaxAgreement()).isEqualTo(50);
    assertThat(proof.nearTies()).isEqualTo(1);
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
            () ->
                ExportProof.compare(
                    EXPORTED, 1, new float[] {1, 2, 3}, new float[] {1, 2}, rounding(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the ONNX model gives 2 logits for 1 images, our network 3");
  }

  @Test
  void jsonHoldsAllFigures() throws IOException {
    ExportProof proof = compare(new float[] {1, 2, 3, 6, 5, 4}, new float[] {1, 2, 3.5f, 6, 5, 4});

    String text = ExportProof.toJson(List.of(proof), "a part of the data");
    JsonNode json = new ObjectMapper().readTree(text).get(0);

    assertThat(json.get("format").asText()).isEqualTo("ONNX");
    assertThat(json.get("runtime").asText()).isEqualTo("a runtime 1.2");
    assertThat(json.get("fileHash").asText()).isEqualTo("0a1b");
    assertThat(json.get("images").asInt()).isEqualTo(2);
    assertThat(json.get("imagesFrom").asText()).isEqualTo("a part of the data");
    assertThat(json.get("classes").asInt()).isEqualTo(3);
    assertThat(json.get("largestDifference").asDouble()).isEqualTo(0.5);
    assertThat(json.get("tolerance").asDouble()).isEqualTo(1e-4);
    assertThat(json.get("argmaxAgreement").asDouble()).isEqualTo(100);
    assertThat(json.get("nearTies").asInt()).isZero();
    assertThat(json.get("passed").asBoolean()).isFalse();
  }

  private static ExportProof compare(float[] expected, float[] actual) {
    return compare(expected, actual, 0);
  }

  private static ExportProof compare(float[] expected, float[] actual, double spread) {
    return compare(expected, actual, rounding(spread));
  }

  private static ExportProof compare(
      float[] expected, float[] actual, ExportProof.Rounding rounding) {
    return ExportProof.compare(EXPORTED, expected.length / 3, expected, actual, rounding);
  }

  /** Of a network whose mean is over a map of 18x18. */
  private static ExportProof.Rounding rounding(double spread) {
    return new ExportProof.Rounding(18 * 18, spread);
  }
}
