package org.espalier.search.cell.space;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.espalier.search.cell.space.Decision.Effect;

/** What an edge of a cell can compute, under its published name in small letters. */
public enum Operation {
  /** Zeros. */
  NONE(Effect.ZERO, "zero"),
  /** Its input; where the image gets smaller a {@linkplain Blocks#reduce resized} one. */
  SKIP_CONNECT(Effect.SKIP, "skip"),
  /** The largest of a window. */
  MAX_POOL_3X3(Effect.FREE, "max pool 3\u00d73"),
  /** The mean of a window. */
  AVG_POOL_3X3(Effect.FREE, "avg pool 3\u00d73"),
  /** Depthwise separable convolution, twice. */
  SEP_CONV_3X3(Effect.LEARNED, "sep conv 3\u00d73"),
  /** Depthwise separable convolution, twice. */
  SEP_CONV_5X5(Effect.LEARNED, "sep conv 5\u00d75"),
  /** Depthwise separable convolution, once, over a window spread by 2. */
  DIL_CONV_3X3(Effect.LEARNED, "dil conv 3\u00d73"),
  /** Depthwise separable convolution, once, over a window spread by 2. */
  DIL_CONV_5X5(Effect.LEARNED, "dil conv 5\u00d75"),
  /** Convolution. */
  NOR_CONV_1X1(Effect.LEARNED, "conv 1\u00d71"),
  /** Convolution. */
  NOR_CONV_3X3(Effect.LEARNED, "conv 3\u00d73");

  private final Effect effect;
  private final String label;

  Operation(Effect effect, String label) {
    this.effect = effect;
    this.label = label;
  }

  /** The name under which it was published, such as {@code "sep_conv_3x3"}. */
  public String published() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its name in drawings. */
  public String label() {
    return label;
  }

  /** What it does to what it reads. */
  public Effect effect() {
    return effect;
  }

  Decision.Option option() {
    return new Decision.Option(published(), effect);
  }

  /** The operation of a published name. */
  static Optional<Operation> of(String published) {
    return Arrays.stream(values()).filter(each -> each.published().equals(published)).findFirst();
  }

  /** The options of an edge. */
  static List<Decision.Option> options(List<Operation> operations) {
    return operations.stream().map(Operation::option).toList();
  }
}
