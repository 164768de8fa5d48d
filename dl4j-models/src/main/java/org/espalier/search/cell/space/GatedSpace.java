package org.espalier.search.cell.space;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.espalier.network.NetworkSpec;
import org.espalier.report.Section;
import org.espalier.search.space.Space;

/**
 * A space whose networks share the layers of their options, so that one network can compute several
 * options at once.
 *
 * <p>What a supernet may rely on: an option's layers have the same names and parameters of the same
 * shapes whatever else is on. With all options on there are the parameters of every network of the
 * space. With one option of each choice on, without gates, dropout and auxiliary skips, the network
 * is {@link #network} of these picks. Where several options of a choice are on, what they give is
 * added up. Spaces are plain records, so that states of a search can hold them.
 */
public sealed interface GatedSpace extends Space
    permits DenseCellSpace, DartsSpace, MobileChainSpace, ConvolutionBlockSpace {

  /** What the space is called in files, such as {@code "darts"}. */
  String title();

  /** What the choices decide, in their order. */
  List<Decision> decisions();

  /** How large the networks are. */
  Skeleton skeleton();

  /**
   * The space of the same cells in networks of another size, in which picks mean the same.
   *
   * @param cells as {@link Skeleton#cells}
   * @param channels as {@link Skeleton#channels}
   */
  GatedSpace with(int cells, int channels);

  /**
   * The network that computes some options of each choice.
   *
   * @param options for each choice the indices of those that are on, at least one, rising
   * @param form how it is built around the operations
   * @throws IllegalArgumentException if there are no such options
   */
  Gated supernet(List<List<Integer>> options, Form form);

  /**
   * Choices that have no effect beside the others, such as the operations of edges that no node
   * keeps: any of their options gives the same network.
   */
  default Set<Integer> idle(List<Integer> picks) {
    return Set.of();
  }

  /** With the first option of choices that have no effect. */
  @Override
  default List<Integer> canonical(List<Integer> picks) {
    Set<Integer> idle = idle(picks);
    return IntStream.range(0, picks.size())
        .mapToObj(choice -> idle.contains(choice) ? 0 : picks.get(choice))
        .toList();
  }

  /**
   * What some picks chose, drawn.
   *
   * @param title begins the title of every section
   */
  List<Section> drawings(String title, List<Integer> picks);

  @Override
  default List<Integer> sizes() {
    return decisions().stream().map(decision -> decision.options().size()).toList();
  }

  @Override
  default NetworkSpec network(List<Integer> picks) {
    return supernet(picks.stream().map(List::of).toList(), Form.PLAIN).spec();
  }

  /** All options of all choices, for {@link #supernet}. */
  default List<List<Integer>> everything() {
    return sizes().stream().map(size -> IntStream.range(0, size).boxed().toList()).toList();
  }
}
