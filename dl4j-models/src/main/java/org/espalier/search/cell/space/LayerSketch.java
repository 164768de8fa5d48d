package org.espalier.search.cell.space;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.espalier.network.Layer;
import org.espalier.search.cell.space.ConditionalLayer.Read;

/** Lists the layers of all networks of a space with the conditions on which networks have them. */
final class LayerSketch implements Sketch<List<Read>> {
  private final List<ConditionalLayer> layers = new ArrayList<>();

  /** Conditions of the branch that is being drawn, the innermost first. */
  private final Deque<Condition> conditions = new ArrayDeque<>(List.of(Condition.ALWAYS));

  /** The layers in the order in which they run. */
  List<ConditionalLayer> layers() {
    return List.copyOf(layers);
  }

  @Override
  public Form form() {
    return Form.PLAIN;
  }

  @Override
  public List<Read> images() {
    return List.of(new Read(ConditionalLayer.IMAGES, Condition.ALWAYS));
  }

  @Override
  public List<Read> layer(String name, Layer layer, List<List<Read>> inputs) {
    Condition when = conditions.element();
    List<Read> reads = new ArrayList<>();
    for (List<Read> input : inputs) {
      for (Read read : input) {
        Condition both = read.when().and(when);
        if (!both.impossible()) {
          reads.add(new Read(read.place(), both));
        }
      }
    }
    layers.add(new ConditionalLayer(name, layer, when, reads));
    return List.of(new Read(layers.size() - 1, when));
  }

  @Override
  public List<Read> either(String name, List<Branch<List<Read>>> branches) {
    return drawn(branches).stream().flatMap(List::stream).toList();
  }

  @Override
  public List<Read> sum(String name, List<Branch<List<Read>>> branches) {
    List<List<Read>> values = drawn(branches);
    return values.size() == 1 ? values.get(0) : layer(name, new Layer.Add(), values);
  }

  private List<List<Read>> drawn(List<Branch<List<Read>>> branches) {
    List<List<Read>> values = new ArrayList<>();
    for (Branch<List<Read>> branch : branches) {
      Condition outer = conditions.element();
      Condition when = branch.isAlways() ? outer : outer.and(branch.choice(), branch.options());
      if (when.impossible()) {
        continue;
      }
      conditions.push(when);
      List<Read> value = branch.value().get();
      conditions.pop();
      values.add(
          value.stream()
              .map(read -> new Read(read.place(), read.when().and(when)))
              .filter(read -> !read.when().impossible())
              .toList());
    }
    return values;
  }
}
