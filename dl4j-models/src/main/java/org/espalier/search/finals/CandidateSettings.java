package org.espalier.search.finals;

import org.espalier.data.SplitSettings;
import org.espalier.search.method.MethodSettings;

/** What the settings of every {@link CandidateSearch} say: how {@link FinalsSearch} goes on. */
public interface CandidateSettings extends MethodSettings {
  /** How networks are trained once the candidates are known. */
  FinalsSettings finals();

  @Override
  default SplitSettings split() {
    return finals().split();
  }

  @Override
  default void checkHandsOver() {
    finals().checkHandsOver();
  }
}
