package org.espalier.bench;

import java.util.List;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;

/** Part of a benchmark network. */
@FunctionalInterface
interface Block {
  Variable forward(Tape tape, Variable input);

  /** One block after the other. */
  static Block sequence(Block... blocks) {
    return sequence(List.of(blocks));
  }

  /** One block after the other. */
  static Block sequence(List<Block> blocks) {
    return (tape, input) -> {
      Variable value = input;
      for (Block block : blocks) {
        value = block.forward(tape, value);
      }
      return value;
    };
  }
}
