package org.espalier.meta;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Tape;
import org.espalier.cost.Budget;
import org.espalier.cost.Macs;
import org.espalier.network.ImageShape;
import org.espalier.network.Layer;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSlot;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.Form;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.task.Task;
import org.espalier.tensor.Shape;

/**
 * The networks of a space for images of one shape. The last layer is shared as one column, so the
 * weights that tasks share fit any number of classes; gated are the scales of batch norm, behind
 * which gates on the weights of a convolution would have no effect, and the last layer.
 */
final class ImageBackbone implements Backbone {
  /** Images are seen by the embedding in so many places a side. */
  private static final int SIDE = 8;

  /** Labels count again from 0 in the eyes of the embedding: which is which does not matter. */
  private static final int LABELS = 8;

  private final ImageShape image;
  private final GatedSpace space;
  private final PricedChoices choices;
  private final CostModel macs;
  private final List<ParameterSlot> slots;
  private final MetaLayout layout;

  /**
   * Networks.
   *
   * @param networks of which space
   * @param skeleton how large they are, for images and classes of the family
   * @param budget of the family
   * @throws org.espalier.text.InputException if none is within the budget
   */
  ImageBackbone(CellSpaceSettings networks, Skeleton skeleton, Budget budget) {
    image = skeleton.input();
    space = networks.of(skeleton);
    choices = PricedChoices.of(space, budget);
    macs = space.cost(new Macs());
    GatedSpace single =
        networks.of(new Skeleton(skeleton.cells(), skeleton.channels(), skeleton.input(), 1));
    NetworkSpec whole = single.supernet(single.everything(), Form.PLAIN).spec();
    slots = inBlocks(ParameterSlot.of(whole));
    layout = new MetaLayout(slots.stream().map(slot -> shared(whole, slot)).toList());
  }

  /** The same slots, those of a block one after the other. */
  private static List<ParameterSlot> inBlocks(List<ParameterSlot> slots) {
    Map<String, List<ParameterSlot>> blocks = new LinkedHashMap<>();
    for (ParameterSlot slot : slots) {
      blocks.computeIfAbsent(block(slot), name -> new ArrayList<>()).add(slot);
    }
    return blocks.values().stream().flatMap(List::stream).toList();
  }

  private static String block(ParameterSlot slot) {
    int end = slot.node().lastIndexOf('/');
    return end < 0 ? slot.node() : slot.node().substring(0, end);
  }

  private static MetaLayout.Slot shared(NetworkSpec whole, ParameterSlot slot) {
    Layer layer =
        whole.nodes().stream()
            .filter(node -> node.name().equals(slot.node()))
            .findFirst()
            .orElseThrow()
            .layer();
    boolean gated =
        (layer instanceof Layer.BatchNormalization && slot.name().endsWith("/scale"))
            || (layer instanceof Layer.Linear && slot.name().endsWith("/weight"));
    return new MetaLayout.Slot(slot.name(), block(slot), slot.shape(), gated);
  }

  @Override
  public PricedChoices choices() {
    return choices;
  }

  @Override
  public MetaLayout layout() {
    return layout;
  }

  @Override
  public Floats initial(RandomGenerator random) {
    float[] values = new float[layout.size()];
    int at = 0;
    for (ParameterSlot slot : slots) {
      Floats first = slot.initial(random);
      first.view().get(values, at, first.size());
      at += first.size();
    }
    return Floats.owning(values);
  }

  @Override
  public String describe(List<Integer> picks) {
    return space.describe(picks);
  }

  @Override
  public long macs(List<Integer> picks) {
    return macs.exact(picks);
  }

  /** The network of some picks, as it is handed over. */
  NetworkSpec spec(List<Integer> picks) {
    return space.network(picks);
  }

  @Override
  public String key(List<Integer> picks) {
    return space.name() + picks;
  }

  @Override
  public TaskNetwork network(List<Integer> picks, Tape tape) {
    NetworkSpec spec = spec(picks);
    Map<String, Shape> parameters = new LinkedHashMap<>();
    ParameterSlot.of(spec).forEach(slot -> parameters.put(slot.name(), slot.shape()));
    return new ImageNetwork(spec, new Binding(layout, parameters), tape);
  }

  @Override
  public int tokenSize() {
    return SIDE * SIDE + LABELS;
  }

  /** A small grey copy of each image, and its label. */
  @Override
  public double[] tokens(Task task) {
    int count = task.support().count();
    double[] tokens = new double[count * tokenSize()];
    for (int example = 0; example < count; example++) {
      int at = example * tokenSize();
      for (int place = 0; place < SIDE * SIDE; place++) {
        tokens[at + place] =
            mean(task.support().inputs(), example * image.size(), place / SIDE, place % SIDE);
      }
      tokens[at + SIDE * SIDE + task.support().labels()[example] % LABELS] = 1;
    }
    return tokens;
  }

  /** Mean over the pixels of a place; where images are small, places share pixels. */
  private double mean(float[] images, int start, int row, int column) {
    int top = row * image.height() / SIDE;
    int bottom = ((row + 1) * image.height() + SIDE - 1) / SIDE;
    int left = column * image.width() / SIDE;
    int right = ((column + 1) * image.width() + SIDE - 1) / SIDE;
    double sum = 0;
    for (int y = top; y < bottom; y++) {
      int from = start + (y * image.width() + left) * image.channels();
      int to = start + (y * image.width() + right) * image.channels();
      for (int i = from; i < to; i++) {
        sum += images[i];
      }
    }
    return sum / ((bottom - top) * (right - left) * image.channels());
  }
}
