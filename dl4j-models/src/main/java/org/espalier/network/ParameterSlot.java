package org.espalier.network;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.storage.Floats;
import org.espalier.tensor.Shape;

/**
 * One parameter that a network has, without its values: for weights that lie elsewhere than in a
 * {@link ParameterSet}, such as those that several networks share.
 */
public final class ParameterSlot {
  private final ParameterLayout.Piece piece;

  private ParameterSlot(ParameterLayout.Piece piece) {
    this.piece = piece;
  }

  /**
   * The parameters of a network, in the order of its nodes.
   *
   * @throws IllegalArgumentException if its layers do not fit: {@link ShapeInference}
   */
  public static List<ParameterSlot> of(NetworkSpec spec) {
    return ParameterLayout.of(spec).parameters().stream().map(ParameterSlot::new).toList();
  }

  /** Its name, {@code node/what}. */
  public String name() {
    return piece.name();
  }

  /** The node that it belongs to. */
  public String node() {
    return piece.name().substring(0, piece.name().lastIndexOf('/'));
  }

  /** Shape of its values. */
  public Shape shape() {
    return piece.shape();
  }

  /** Whether weight decay applies to it. */
  public boolean decays() {
    return piece.role().decays();
  }

  /**
   * First values, as {@link ParameterSet#initialise} draws them.
   *
   * @param random drawn from
   */
  public Floats initial(RandomGenerator random) {
    return Floats.owning(Initializers.values(piece, random));
  }
}
