package org.espalier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class NetworkSpecsTest {
  private static final String CANONICAL_HASH =
      "ff6564a16d17396fadc9503789e94774c5782c0e92d6ecb6f6712ae3f86681fa";
  private static final String SMALL =
      """
      {
        "format" : 1,
        "name" : "small",
        "input" : { "height" : 8, "width" : 8, "channels" : 1 },
        "nodes" : [
          { "name" : "conv", "inputs" : [ "input" ], "layer" : { "type" : "convolution",
            "outputs" : 4, "kernel" : 3, "stride" : 1, "dilation" : 1, "bias" : false } },
          { "name" : "bn", "inputs" : [ "conv" ],
            "layer" : { "type" : "batchNormalization", "affine" : true, "epsilon" : 1e-5, "momentum" : 0.1 } },
          { "name" : "relu", "inputs" : [ "bn" ], "layer" : { "type" : "activation", "function" : "RELU" } },
          { "name" : "pool", "inputs" : [ "relu" ], "layer" : { "type" : "globalAveragePooling" } },
          { "name" : "linear", "inputs" : [ "pool" ], "layer" : { "type" : "linear", "outputs" : 10, "bias" : true } }
        ]
      }
      """;

  @Test
  void everyLayerComesBackFromJson() {
    NetworkSpec spec = everyLayer();

    NetworkSpec read = NetworkSpecs.fromJson(NetworkSpecs.toJson(spec), "network.json");

    assertThat(read).isEqualTo(spec);
    assertThat(NetworkSpecs.hash(read)).isEqualTo(NetworkSpecs.hash(spec));
  }

  @Test
  void handWrittenJsonIsRead() {
    NetworkSpec spec = NetworkSpecs.fromJson(SMALL, "network.json");

    assertThat(spec.nodes()).hasSize(5);
    assertThat(spec.nodes().get(1).layer()).isEqualTo(Layer.BatchNormalization.STANDARD);
  }

  @Test
  void theHashIsTheSameOnEveryMachineAndInEveryVersion() {
    NetworkSpec spec = NetworkSpecs.fromJson(SMALL, "network.json");

    // Computed once outside Java from the canonical text; weights on disk depend on it.
    assertThat(NetworkSpecs.hash(spec)).isEqualTo(CANONICAL_HASH);
  }

  @Test
  void anyChangeChangesTheHash() {
    NetworkSpec spec = NetworkSpecs.fromJson(SMALL, "network.json");
    NetworkSpec renamed = new NetworkSpec("other", spec.input(), spec.nodes());
    NetworkSpec larger = new NetworkSpec("small", new ImageShape(8, 9, 1), spec.nodes());
    NetworkSpec wider =
        NetworkSpecs.fromJson(SMALL.replace("\"outputs\" : 4", "\"outputs\" : 5"), "network.json");

    assertThat(Stream.of(spec, renamed, larger, wider).map(NetworkSpecs::hash).distinct().toList())
        .hasSize(4);
  }

  static Stream<Arguments> badChanges() {
    return Stream.of(
        change(
            "\"bias\" : false",
            "\"bias\" : false, \"groups\" : 2",
            "line 7",
            "unknown field 'groups', known are [bias, dilation, kernel, outputs, stride]"),
        change("\"kernel\" : 3, ", "", "line 7", "'kernel'"),
        change(
            "\"kernel\" : 3",
            "\"kernel\" : \"3\"",
            "line 7",
            "nodes[0].layer.kernel: expected a whole number"),
        change(
            "\"kernel\" : 3",
            "\"kernel\" : 3.5",
            "line 7",
            "nodes[0].layer.kernel: expected a whole number"),
        change(
            "\"kernel\" : 3",
            "\"kernel\" : null",
            "line 7",
            "nodes[0].layer.kernel: expected a whole number"),
        change("[ \"conv\" ]", "[ null ]", "line 8", "nodes[1].inputs"),
        change("[ \"conv\" ]", "null", "line 8", "nodes[1].inputs"),
        change("\"small\"", "null", "line 3", "name"),
        change("  ]\n}", ", null ]\n}", "line 13", "nodes[5]"),
        change("\"kernel\" : 3", "\"kernel\" : 4", "line 7", "kernel must be 1, 3, 5 or 7, got 4"),
        change(
            "\"kernel\" : 3",
            "\"kernel\" : 3, \"kernel\" : 5",
            "line 7",
            "Duplicate field 'kernel'"),
        change("\"outputs\" : 4", "\"outputs\" : 99999999999", "line 7", "nodes[0].layer.outputs"),
        change(
            "\"outputs\" : 4",
            "\"outputs\" : [4]",
            "line 7",
            "nodes[0].layer.outputs: expected a whole number"),
        change(
            "\"bias\" : false",
            "\"bias\" : 0",
            "line 7",
            "nodes[0].layer.bias: expected true or false"),
        change("1e-5", "NaN", "line 9", "NaN"),
        change("1e-5", "-1", "line 9", "epsilon must be above 0"),
        change(
            "\"RELU\"",
            "\"relu\"",
            "line 10",
            "nodes[2].layer.function: unknown value 'relu'; did you mean 'RELU'?"),
        change(
            "\"RELU\"", "0", "line 10", "nodes[2].layer.function: expected one of [RELU, RELU6,"),
        change(
            "\"globalAveragePooling\"",
            "\"attention\"",
            "line 11",
            "unknown layer type 'attention'"),
        change("\"type\" : \"globalAveragePooling\"", "", "line 11", "'type' is missing"),
        change("\"name\" : \"small\"", "\"name\" : 7", "line 3", "name: expected a string"),
        change("\"name\" : \"small\"", "\"name\" : \"a b\"", "network.json", "letters, digits"),
        change("\"name\" : \"small\",", "", "network.json", "'name'"),
        change("\"height\" : 8", "\"height\" : 0", "line 4", "positive sizes, got [0, 8, 1]"),
        change(
            "\"format\" : 1",
            "\"format\" : 2",
            "network.json",
            "network format 2, this program reads format 1"),
        change("[ \"conv\" ]", "[ \"convx\" ]", "network.json", "'bn' reads 'convx'"),
        change("[ \"conv\" ]", "\"conv\"", "line 8", "nodes[1].inputs: expected a list"),
        change("[ \"conv\" ]", "[ \"input\" ]", "network.json", "nothing reads: [conv]"),
        change("[ \"pool\" ]", "[ \"relu\" ]", "network.json", "nothing reads: [pool]"),
        change(
            "\"globalAveragePooling\" }",
            "\"dropout\", \"rate\" : 0.5 }",
            "network.json",
            "layer 'linear' (Linear) takes [batch, channels], got [batch, 8, 8, 4]"),
        change("  ]\n}", "  ]\n} {", "line 14", "expected the end of the text"),
        change("  ]\n}", "  ]\n", "line 1", "Unexpected end-of-input"));
  }

  @ParameterizedTest
  @MethodSource("badChanges")
  void badJsonIsRefusedNamingPlaceAndCause(String json, String place, String cause) {
    assertThatThrownBy(() -> NetworkSpecs.fromJson(json, "network.json"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("network.json: ")
        .hasMessageContaining(place)
        .hasMessageContaining(cause)
        .hasMessageNotContaining("org.espalier")
        .hasMessageNotContaining("jackson");
  }

  @Test
  void jsonOfAbsurdSizeOrDepthIsRefused() {
    String endless = " ".repeat(NetworkSpecs.MAX_CHARACTERS + 1);
    String deep = "[".repeat(100_000);
    String longName = SMALL.replace("small", "s".repeat(1 << 20));

    assertThatThrownBy(() -> NetworkSpecs.fromJson(endless, "n")).hasMessageContaining("at most");
    assertThatThrownBy(() -> NetworkSpecs.fromJson(deep, "n"))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> NetworkSpecs.fromJson(longName, "n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maximum allowed");
  }

  private static Arguments change(String old, String replacement, String place, String cause) {
    assertThat(SMALL).contains(old);
    return Arguments.of(SMALL.replace(old, replacement), place, cause);
  }

  /** A network in which every layer occurs. */
  static NetworkSpec everyLayer() {
    NetworkBuilder network = new NetworkBuilder("every-layer_1.0", new ImageShape(9, 7, 3));
    String stem = network.add("stem", new Layer.Convolution(8, 3, 1, 2, true), NetworkSpec.INPUT);
    String norm = network.add("a/norm", Layer.BatchNormalization.STANDARD, stem);
    String plain = network.add("a/plain", new Layer.BatchNormalization(false, 1e-3, 1), norm);
    String depthwise = network.add("b/depthwise", new Layer.DepthwiseConvolution(5, 1, 1), plain);
    String drop = network.add("b/drop", new Layer.DropPath(0.2), depthwise);
    String sum = network.add("sum", new Layer.Add(), norm, drop, plain);
    String slice = network.add("slice", new Layer.ChannelSlice(2, 5), sum);
    String both = network.add("both", new Layer.Concatenation(), slice, sum);
    String max = network.add("max", new Layer.Pooling(Layer.Pooling.Kind.MAX, 3, 2), both);
    String last = network.add("mean", new Layer.Pooling(Layer.Pooling.Kind.AVERAGE, 2, 1), max);
    for (Layer.Activation.Function function : Layer.Activation.Function.values()) {
      last = network.add(function.name(), new Layer.Activation(function), last);
    }
    String pool = network.add("pool", new Layer.GlobalAveragePooling(), last);
    String dropout = network.add("dropout", new Layer.Dropout(0.5), pool);
    String gate = network.add("gate", Layer.Scale.LEARNED, dropout);
    String half = network.add("half", Layer.Scale.by(0.5), gate);
    network.add("linear", new Layer.Linear(4, true), half);
    return network.build();
  }

  @Test
  void everyKindOfLayerIsInTheNetworkOfThisTest() {
    assertThat(everyLayer().nodes())
        .extracting(node -> (Object) node.layer().getClass())
        .contains((Object[]) Layer.class.getPermittedSubclasses());
  }
}
