package org.espalier.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Finds the shape of what each layer of a network gives, and refuses networks that do not fit. */
public final class ShapeInference {
  private ShapeInference() {}

  /**
   * Shapes by node name in the order of the nodes, with {@link NetworkSpec#INPUT} first.
   *
   * @throws IllegalArgumentException naming the network, the layer, what it got and what it takes,
   *     if the layers do not fit or the last one does not give logits {@code [batch, classes]}
   */
  public static Map<String, FeatureShape> infer(NetworkSpec spec) {
    Map<String, FeatureShape> shapes = new LinkedHashMap<>();
    ImageShape input = spec.input();
    FeatureShape images = new FeatureShape.Image(input.height(), input.width(), input.channels());
    if (tooLarge(images)) {
      throw new IllegalArgumentException(
          "network '%s': the input %s has 2^31 values or more an image"
              .formatted(spec.name(), images));
    }
    shapes.put(NetworkSpec.INPUT, images);
    for (NetworkSpec.Node node : spec.nodes()) {
      List<FeatureShape> inputs = new ArrayList<>();
      node.inputs().forEach(source -> inputs.add(shapes.get(source)));
      try {
        FeatureShape shape = node.layer().accept(new OutputShape(inputs));
        if (tooLarge(shape)) {
          throw new IllegalArgumentException("gives " + shape + ", 2^31 values or more an image");
        }
        shapes.put(node.name(), shape);
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException(
            "network '%s': layer '%s' (%s) %s"
                .formatted(
                    spec.name(),
                    node.name(),
                    node.layer().getClass().getSimpleName(),
                    e.getMessage()),
            e);
      }
    }
    String last = spec.nodes().get(spec.nodes().size() - 1).name();
    if (!(shapes.get(last) instanceof FeatureShape.Vector)) {
      throw new IllegalArgumentException(
          "network '%s': the last layer '%s' gives %s, expected logits [batch, classes]"
              .formatted(spec.name(), last, shapes.get(last)));
    }
    return Collections.unmodifiableMap(shapes);
  }

  /**
   * Number of classes: the channels that the last layer gives.
   *
   * @throws IllegalArgumentException as {@link #infer}
   */
  public static int classes(NetworkSpec spec) {
    return infer(spec).get(spec.nodes().get(spec.nodes().size() - 1).name()).channels();
  }

  /** Arrays of Java and of the engine end there; whatever passes can be counted in a long. */
  private static boolean tooLarge(FeatureShape shape) {
    return shape instanceof FeatureShape.Image image
        && image.channels() > Integer.MAX_VALUE / ((long) image.height() * image.width());
  }
}
