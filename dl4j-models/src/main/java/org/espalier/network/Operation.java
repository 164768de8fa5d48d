package org.espalier.network;

import java.util.List;
import org.espalier.autograd.Tape;
import org.espalier.autograd.Variable;

/** What one layer of a {@link Network} does. */
interface Operation {
  Variable apply(Pass pass, List<Variable> inputs);

  /** One run of a network. */
  record Pass(Tape tape, Mode mode) {
    Variable use(LayerParameters.Source parameter) {
      return parameter.on(tape, mode.learns());
    }
  }
}
