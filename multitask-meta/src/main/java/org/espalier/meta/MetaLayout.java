package org.espalier.meta;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.search.supernet.SharedLayout;
import org.espalier.tensor.Shape;

/**
 * Where the weights that all tasks start from lie: the parameters of every operation that a task
 * may pick, in one vector. Parameters of one block are used together or not at all, so that what a
 * task does not pick is neither changed nor sent. Some parameters are gated: a task multiplies each
 * of their output channels by a number of its own.
 */
public final class MetaLayout implements SharedLayout {
  private final Map<String, Place> places = new LinkedHashMap<>();
  private final Map<String, Range> blocks = new LinkedHashMap<>();
  private final int size;
  private final int gates;

  /**
   * A parameter.
   *
   * @param name unique among all
   * @param block it belongs to; all of a block follow one another
   * @param shape of its values, output channels last
   * @param gated whether tasks gate its output channels
   */
  public record Slot(String name, String block, Shape shape, boolean gated) {}

  /**
   * Where a parameter lies.
   *
   * @param shape of its values
   * @param start index of its first number in the vector
   * @param gate index of its first gate; -1 if it has none
   */
  record Place(Shape shape, int start, int gate) {}

  /**
   * A layout.
   *
   * @param slots in the order of the vector, at least one
   */
  public MetaLayout(List<Slot> slots) {
    int start = 0;
    int gate = 0;
    Map<String, Integer> begins = new LinkedHashMap<>();
    for (Slot slot : slots) {
      Place place = new Place(slot.shape(), start, slot.gated() ? gate : -1);
      if (places.putIfAbsent(slot.name(), place) != null) {
        throw new IllegalArgumentException("two parameters are called '" + slot.name() + "'");
      }
      int begin = begins.computeIfAbsent(slot.block(), name -> place.start());
      start = Math.addExact(start, Math.toIntExact(slot.shape().size()));
      gate += slot.gated() ? slot.shape().channels() : 0;
      blocks.put(slot.block(), new Range(slot.block(), begin, start - begin));
    }
    int covered = blocks.values().stream().mapToInt(Range::length).sum();
    if (slots.isEmpty() || covered != start) {
      throw new IllegalArgumentException("the parameters of a block must follow one another");
    }
    size = start;
    gates = gate;
  }

  @Override
  public int size() {
    return size;
  }

  /** How many output channels tasks gate. */
  public int gates() {
    return gates;
  }

  @Override
  public List<Range> blocks() {
    return List.copyOf(blocks.values());
  }

  /**
   * Where a parameter lies.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  Place place(String name) {
    Place place = places.get(name);
    if (place == null) {
      throw new IllegalArgumentException(
          "'%s' is not among the parameters that tasks share".formatted(name));
    }
    return place;
  }

  /** Which block a parameter belongs to, by its place among all. */
  int block(Place place) {
    List<Range> all = blocks();
    int block = 0;
    while (place.start() >= all.get(block).start() + all.get(block).length()) {
      block++;
    }
    return block;
  }

  /** The blocks that some parameters belong to, in the order of the vector. */
  List<Range> blocksOf(List<String> parameters) {
    List<Range> used = new ArrayList<>();
    for (Range block : blocks.values()) {
      int end = block.start() + block.length();
      boolean touched =
          parameters.stream()
              .mapToInt(name -> Objects.requireNonNull(places.get(name), name).start())
              .anyMatch(start -> start >= block.start() && start < end);
      if (touched) {
        used.add(block);
      }
    }
    return used;
  }
}
