package org.espalier.report.html;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.cost.LayerCost;
import org.espalier.cost.NetworkCost;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ShapeInference;

/**
 * What of a network is drawn: boxes in a column, a convolution or linear layer together with the
 * normalisation and activation that only it feeds, and the arrows between boxes.
 *
 * @param boxes from the input down
 * @param arrows from box to box
 */
record DrawingPlan(List<Box> boxes, List<Arrow> arrows) {

  /**
   * One box.
   *
   * @param label the layers in it
   * @param shape of what leaves it
   * @param macs of the layers in it
   */
  record Box(String label, String shape, long macs) {
    Box plus(String more, String newShape, long moreMacs) {
      return new Box(label + ", " + more, newShape, macs + moreMacs);
    }
  }

  /**
   * An arrow, by places in the list of boxes.
   *
   * @param from upper box
   * @param to lower box
   */
  record Arrow(int from, int to) {
    boolean straight() {
      return to == from + 1;
    }
  }

  static DrawingPlan of(NetworkSpec spec) {
    var shapes = ShapeInference.infer(spec);
    Map<String, Long> macs = new HashMap<>();
    for (LayerCost layer : NetworkCost.of(spec).layers()) {
      macs.put(layer.name(), layer.macs());
    }
    Map<String, Integer> readers = new HashMap<>();
    spec.nodes().forEach(node -> node.inputs().forEach(i -> readers.merge(i, 1, Integer::sum)));

    List<Box> boxes = new ArrayList<>(List.of(new Box("image", spec.input().toString(), 0)));
    List<Arrow> arrows = new ArrayList<>();
    Map<String, Integer> places = new HashMap<>(Map.of(NetworkSpec.INPUT, 0));
    String previous = NetworkSpec.INPUT;
    for (NetworkSpec.Node node : spec.nodes()) {
      String source = node.inputs().get(0);
      String shape = shapes.get(node.name()).toString();
      long cost = macs.getOrDefault(node.name(), 0L);
      int last = boxes.size() - 1;
      Label label = Label.of(node.layer());
      if (label.follows() && last > 0 && source.equals(previous) && readers.get(source) == 1) {
        boxes.set(last, boxes.get(last).plus(label.text(), shape, cost));
      } else {
        boxes.add(new Box(label.text(), shape, cost));
        last++;
        for (String input : node.inputs()) {
          arrows.add(new Arrow(places.get(input), last));
        }
      }
      places.put(node.name(), last);
      previous = node.name();
    }
    return new DrawingPlan(List.copyOf(boxes), List.copyOf(arrows));
  }

  /**
   * How a layer is drawn.
   *
   * @param text names it
   * @param follows whether it stands in the box of the layer that only it reads
   */
  record Label(String text, boolean follows) {
    static Label of(Layer layer) {
      return layer.accept(Labels.INSTANCE);
    }
  }

  private enum Labels implements Layer.Visitor<Label> {
    INSTANCE;

    @Override
    public Label convolution(Layer.Convolution layer) {
      return alone("convolution " + window(layer.kernel(), layer.stride(), layer.dilation()));
    }

    @Override
    public Label depthwiseConvolution(Layer.DepthwiseConvolution layer) {
      return alone("depthwise " + window(layer.kernel(), layer.stride(), layer.dilation()));
    }

    @Override
    public Label batchNormalization(Layer.BatchNormalization layer) {
      return following("batch norm");
    }

    @Override
    public Label activation(Layer.Activation layer) {
      return following(word(layer.function()));
    }

    @Override
    public Label pooling(Layer.Pooling layer) {
      return alone(word(layer.kind()) + " pooling " + window(layer.kernel(), layer.stride(), 1));
    }

    @Override
    public Label globalAveragePooling(Layer.GlobalAveragePooling layer) {
      return alone("global average pooling");
    }

    @Override
    public Label linear(Layer.Linear layer) {
      return alone("linear");
    }

    @Override
    public Label add(Layer.Add layer) {
      return alone("add");
    }

    @Override
    public Label concatenation(Layer.Concatenation layer) {
      return alone("concatenate");
    }

    @Override
    public Label channelSlice(Layer.ChannelSlice layer) {
      return alone("channels %s to %s".formatted(layer.from(), layer.to() - 1));
    }

    @Override
    public Label dropout(Layer.Dropout layer) {
      return following("dropout " + layer.rate());
    }

    @Override
    public Label dropPath(Layer.DropPath layer) {
      return following("drop-path " + layer.rate());
    }

    @Override
    public Label scale(Layer.Scale layer) {
      return following(layer.learned() ? "times a learned number" : "times " + layer.factor());
    }

    private static Label alone(String text) {
      return new Label(text, false);
    }

    private static Label following(String text) {
      return new Label(text, true);
    }

    private static String window(int kernel, int stride, int dilation) {
      return kernel
          + "\u00d7"
          + kernel
          + (stride > 1 ? " stride " + stride : "")
          + (dilation > 1 ? " dilation " + dilation : "");
    }

    private static String word(Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
