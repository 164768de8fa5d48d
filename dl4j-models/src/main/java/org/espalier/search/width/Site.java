package org.espalier.search.width;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.network.FeatureShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ShapeInference;
import org.espalier.search.space.WidthSpace;

/**
 * A layer with weights that the networks of a space have, and which of the family's widths its
 * input and its output have.
 *
 * @param node its name
 * @param kind what it is
 * @param kernel side of its kernel; 1 for the classifier
 * @param input position of the width that it reads, or {@link #FIXED}
 * @param output position of the width that it gives, or {@link #FIXED}
 * @param norm the batch norm that reads it
 * @param bias whether it has a bias
 */
record Site(
    String node,
    Kind kind,
    int kernel,
    int input,
    int output,
    Optional<String> norm,
    boolean bias) {
  /** The position of widths that are not free: the image's channels, the classes. */
  static final int FIXED = -1;

  enum Kind {
    CONVOLUTION,
    DEPTHWISE,
    /** A 1x1 convolution beside a block, which not every network of the space has. */
    SHORTCUT,
    CLASSIFIER
  }

  /**
   * The sites of a space in the order of the layers, found in its network whose widths all differ:
   * that one has every layer that any has, except for sums.
   *
   * @throws IllegalArgumentException if a layer shares no weights in a known way
   */
  static List<Site> of(WidthSpace space) {
    int first = Math.max(space.classes(), space.input().channels()) + 1;
    int count = space.family().usualWidths().size();
    List<Integer> widths = IntStream.range(first, first + count).boxed().toList();
    NetworkSpec probe = space.networkOf(widths);
    return new Finder(probe, first).sites();
  }

  /** Reads sites out of a network whose width at position p is {@code first + p}. */
  private static final class Finder {
    private final NetworkSpec probe;
    private final int first;
    private final Map<String, FeatureShape> shapes;
    private final Map<String, List<NetworkSpec.Node>> readers = new HashMap<>();

    Finder(NetworkSpec probe, int first) {
      this.probe = probe;
      this.first = first;
      this.shapes = ShapeInference.infer(probe);
      for (NetworkSpec.Node node : probe.nodes()) {
        for (String source : node.inputs()) {
          readers.computeIfAbsent(source, name -> new ArrayList<>()).add(node);
        }
      }
    }

    List<Site> sites() {
      List<Site> sites = new ArrayList<>();
      for (NetworkSpec.Node node : probe.nodes()) {
        if (node.layer() instanceof Layer.Convolution layer && !layer.bias()) {
          boolean shortcut = layer.kernel() == 1 && isShortcut(node);
          sites.add(site(node, shortcut ? Kind.SHORTCUT : Kind.CONVOLUTION, layer.kernel(), false));
        } else if (node.layer() instanceof Layer.DepthwiseConvolution layer) {
          sites.add(site(node, Kind.DEPTHWISE, layer.kernel(), false));
        } else if (node.layer() instanceof Layer.Linear layer) {
          sites.add(site(node, Kind.CLASSIFIER, 1, layer.bias()));
        } else {
          checkFree(node);
        }
      }
      return List.copyOf(sites);
    }

    private Site site(NetworkSpec.Node node, Kind kind, int kernel, boolean bias) {
      Optional<String> norm =
          readersOf(node).stream()
              .filter(reader -> reader.layer() instanceof Layer.BatchNormalization)
              .map(NetworkSpec.Node::name)
              .findFirst();
      return new Site(
          node.name(),
          kind,
          kernel,
          position(shapes.get(node.inputs().get(0))),
          position(shapes.get(node.name())),
          norm,
          bias);
    }

    private int position(FeatureShape shape) {
      return shape.channels() < first ? FIXED : shape.channels() - first;
    }

    private List<NetworkSpec.Node> readersOf(NetworkSpec.Node node) {
      return readers.getOrDefault(node.name(), List.of());
    }

    /** What it reads is read by others too, and its batch norm goes into a sum. */
    private boolean isShortcut(NetworkSpec.Node node) {
      return readers.get(node.inputs().get(0)).size() > 1
          && readersOf(node).stream()
              .flatMap(norm -> readersOf(norm).stream())
              .anyMatch(reader -> reader.layer() instanceof Layer.Add);
    }

    private void checkFree(NetworkSpec.Node node) {
      Layer layer = node.layer();
      boolean norm = layer instanceof Layer.BatchNormalization;
      boolean known =
          norm
              ? readsConvolution(node)
              : layer instanceof Layer.Activation
                  || layer instanceof Layer.Pooling
                  || layer instanceof Layer.GlobalAveragePooling
                  || layer instanceof Layer.Add;
      if (!known) {
        throw new IllegalArgumentException(
            "network '%s': layer '%s' (%s) has no form for shared widths"
                .formatted(probe.name(), node.name(), layer.getClass().getSimpleName()));
      }
    }

    private boolean readsConvolution(NetworkSpec.Node norm) {
      return probe.nodes().stream()
          .filter(node -> node.name().equals(norm.inputs().get(0)))
          .anyMatch(
              node ->
                  node.layer() instanceof Layer.Convolution
                      || node.layer() instanceof Layer.DepthwiseConvolution);
    }
  }
}
