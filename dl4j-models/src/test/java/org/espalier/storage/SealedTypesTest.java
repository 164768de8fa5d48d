package org.espalier.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SealedTypesTest {
  private static final ObjectMapper JSON = new ObjectMapper().registerModule(SealedTypes.module());

  sealed interface Shape permits Circle, Box, Curve {}

  record Circle(double radius) implements Shape {}

  @JsonTypeName("rectangle")
  record Box(Floats sides, Shape inner) implements Shape {}

  sealed interface Curve extends Shape permits LongLine {}

  record LongLine() implements Curve {}

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "format")
  sealed interface File permits Text {}

  record Text(int lines) implements File {}

  record Holder(List<Shape> shapes, Circle circle) {}

  sealed interface Odd permits NoRecord {}

  static final class NoRecord implements Odd {}

  sealed interface Doubled permits Twice, One.Twice {}

  record Twice() implements Doubled {}

  interface One {
    record Twice() implements Doubled {}
  }

  static List<Shape> shapes() {
    return List.of(
        new Circle(0.5),
        new Box(Floats.of(1, 2), new Circle(1)),
        new Box(Floats.EMPTY, line()),
        line());
  }

  private static Shape line() {
    return new LongLine();
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void aSealedInterfaceWithoutAnnotationsComesBack(Shape shape) {
    RecordCodec<Shape> codec = new RecordCodec<>(Shape.class);

    Shape back = codec.decode(codec.encode(shape));

    assertThat(back).isEqualTo(shape);
  }

  @Test
  void everyPermittedRecordIsKnownByItsName() {
    assertThat(SealedTypes.records(Shape.class))
        .containsExactly(
            java.util.Map.entry("circle", Circle.class),
            java.util.Map.entry("rectangle", Box.class),
            java.util.Map.entry("longLine", LongLine.class));
    assertThat(shapes())
        .extracting(shape -> (Object) shape.getClass())
        .containsAll(SealedTypes.records(Shape.class).values());
  }

  @Test
  void theNameComesFirstUnderTheUsualKey() throws JsonProcessingException {
    Holder holder = new Holder(List.of(new LongLine()), new Circle(2));

    String json = JSON.writeValueAsString(holder);

    assertThat(json)
        .isEqualTo(
            "{\"shapes\":[{\"type\":\"longLine\"}],\"circle\":{\"type\":\"circle\",\"radius\":2.0}}");
    assertThat(JSON.readValue(json, Holder.class)).isEqualTo(holder);
  }

  @Test
  void anAnnotationNamesAnotherKey() throws JsonProcessingException {
    String json = JSON.writerFor(File.class).writeValueAsString(new Text(3));

    assertThat(json).isEqualTo("{\"format\":\"text\",\"lines\":3}");
    assertThat(JSON.readValue(json, File.class)).isEqualTo(new Text(3));
    assertThat(SealedTypes.property(File.class)).isEqualTo("format");
    assertThat(SealedTypes.property(Shape.class)).isEqualTo("type");
  }

  @Test
  void anUnknownNameIsRefused() {
    RecordCodec<Shape> codec = new RecordCodec<>(Shape.class);
    byte[] bytes = codec.encode(new Circle(1));
    byte[] changed =
        new String(bytes, StandardCharsets.ISO_8859_1)
            .replace("\"circle\"", "\"zircle\"")
            .getBytes(StandardCharsets.ISO_8859_1);

    assertThatThrownBy(() -> codec.decode(changed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("zircle");
  }

  @Test
  void whatHasNoNameOfItsOwnIsRefused() {
    assertThatThrownBy(() -> SealedTypes.records(Odd.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("NoRecord")
        .hasMessageContaining("is no record");
    assertThatThrownBy(() -> SealedTypes.records(Doubled.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("are called 'twice'");
  }

  @Test
  void sealedInterfacesOfJavaAreLeftAlone() throws JsonProcessingException {
    // String, Integer and enums implement java.lang.constant.ConstantDesc or Constable.
    assertThat(JSON.writeValueAsString(List.of("a", 1, Thread.State.NEW)))
        .isEqualTo("[\"a\",1,\"NEW\"]");
  }
}
