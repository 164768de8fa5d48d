package org.espalier.search.finals;

import java.util.List;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;

/** Candidates whose costs a test wants to choose. */
final class Networks {
  private static final NetworkSpec ANY =
      ReadyMade.Family.PLAIN3.build(new ImageShape(6, 6, 1), 3, List.of(1, 1, 1));

  private Networks() {}

  static Candidate candidate(String description, long macs, long parameters) {
    return new Candidate(description, ANY, macs, parameters);
  }
}
