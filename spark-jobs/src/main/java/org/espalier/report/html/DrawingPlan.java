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
      if (follows(node.layer())
          && last > 0
          && source.equals(previous)
          && readers.get(source) == 1) {
        boxes.set(last, boxes.get(last).plus(label(node.layer()), shape, cost));
      } else {
        boxes.add(new Box(label(node.layer()), shape, cost));
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

  private static boolean follows(Layer layer) {
    return layer instanceof Layer.BatchNormalization
        || layer instanceof Layer.Activation
        || layer instanceof Layer.Dropout
        || layer instanceof Layer.DropPath;
  }

  private static String label(Layer layer) {
    if (layer instanceof Layer.Convolution c) {
      return "convolution " + window(c.kernel(), c.stride(), c.dilation());
    } else if (layer instanceof Layer.DepthwiseConvolution d) {
      return "depthwise " + window(d.kernel(), d.stride(), d.dilation());
    } else if (layer instanceof Layer.Pooling p) {
      return word(p.kind()) + " pooling " + window(p.kernel(), p.stride(), 1);
    } else if (layer instanceof Layer.BatchNormalization) {
      return "batch norm";
    } else if (layer instanceof Layer.Activation a) {
      return word(a.function());
    } else if (layer instanceof Layer.GlobalAveragePooling) {
      return "global average pooling";
    } else if (layer instanceof Layer.ChannelSlice s) {
      return "channels %d to %d".formatted(s.from(), s.to() - 1);
    } else if (layer instanceof Layer.Dropout d) {
      return "dropout " + d.rate();
    } else if (layer instanceof Layer.DropPath d) {
      return "drop-path " + d.rate();
    } else if (layer instanceof Layer.Add) {
      return "add";
    }
    return layer instanceof Layer.Concatenation ? "concatenate" : "linear";
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
