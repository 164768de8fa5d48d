package org.espalier.export;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import onnx.Onnx;
import org.nd4j.shade.protobuf.ByteString;

/** Collects the nodes and constants of an ONNX graph. */
final class OnnxGraph {
  private final Onnx.GraphProto.Builder graph;

  OnnxGraph(String name) {
    graph = Onnx.GraphProto.newBuilder().setName(name);
  }

  /**
   * Adds an operation.
   *
   * @param operator ONNX's name of it
   * @param name of the node
   * @param inputs names of values or constants
   * @param output name of the value it gives
   * @param attributes from {@link #integer}, {@link #integers}, {@link #real}
   * @return {@code output}
   */
  String node(
      String operator,
      String name,
      List<String> inputs,
      String output,
      Onnx.AttributeProto... attributes) {
    graph.addNode(
        Onnx.NodeProto.newBuilder()
            .setOpType(operator)
            .setName(name)
            .addAllInput(inputs)
            .addOutput(output)
            .addAllAttribute(List.of(attributes)));
    return output;
  }

  /** Adds a float32 constant; a scalar if no dimensions are given. */
  String constant(String name, float[] values, long... dimensions) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return constant(name, Onnx.TensorProto.DataType.FLOAT, bytes, dimensions);
  }

  /** Adds a one-dimensional int64 constant. */
  String integerConstant(String name, long... values) {
    ByteBuffer bytes = ByteBuffer.allocate(8 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asLongBuffer().put(values);
    return constant(name, Onnx.TensorProto.DataType.INT64, bytes, values.length);
  }

  private String constant(
      String name, Onnx.TensorProto.DataType type, ByteBuffer bytes, long... dimensions) {
    Onnx.TensorProto.Builder tensor =
        Onnx.TensorProto.newBuilder()
            .setName(name)
            .setDataType(type.getNumber())
            .setRawData(ByteString.copyFrom(bytes));
    for (long dimension : dimensions) {
      tensor.addDims(dimension);
    }
    graph.addInitializer(tensor);
    return name;
  }

  /** Declares the graph's input, float32. */
  void input(String name, Onnx.TensorShapeProto shape) {
    graph.addInput(value(name, shape));
  }

  /** Declares the graph's output, float32. */
  void output(String name, Onnx.TensorShapeProto shape) {
    graph.addOutput(value(name, shape));
  }

  /** Says of which shape a value in between is, float32: what readers otherwise have to infer. */
  void between(String name, Onnx.TensorShapeProto shape) {
    graph.addValueInfo(value(name, shape));
  }

  Onnx.GraphProto build() {
    return graph.build();
  }

  private static Onnx.ValueInfoProto value(String name, Onnx.TensorShapeProto shape) {
    return Onnx.ValueInfoProto.newBuilder()
        .setName(name)
        .setType(
            Onnx.TypeProto.newBuilder()
                .setTensorType(
                    Onnx.TypeProto.Tensor.newBuilder()
                        .setElemType(Onnx.TensorProto.DataType.FLOAT.getNumber())
                        .setShape(shape)))
        .build();
  }

  static Onnx.AttributeProto integer(String name, long value) {
    return Onnx.AttributeProto.newBuilder()
        .setName(name)
        .setType(Onnx.AttributeProto.AttributeType.INT)
        .setI(value)
        .build();
  }

  static Onnx.AttributeProto integers(String name, long... values) {
    Onnx.AttributeProto.Builder attribute =
        Onnx.AttributeProto.newBuilder()
            .setName(name)
            .setType(Onnx.AttributeProto.AttributeType.INTS);
    for (long value : values) {
      attribute.addInts(value);
    }
    return attribute.build();
  }

  static Onnx.AttributeProto real(String name, double value) {
    return Onnx.AttributeProto.newBuilder()
        .setName(name)
        .setType(Onnx.AttributeProto.AttributeType.FLOAT)
        .setF((float) value)
        .build();
  }
}
