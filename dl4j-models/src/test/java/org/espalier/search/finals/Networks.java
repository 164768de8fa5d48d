package org.espalier.search.finals;

import java.util.List;
import org.espalier.augment.Policy;
import org.espalier.network.ImageShape;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;

/** Small candidates for tests. */
final class Networks {
  private static final NetworkSpec ANY =
      ReadyMade.Family.PLAIN3.build(new ImageShape(6, 6, 1), 3, List.of(1, 1, 1));

  private Networks() {}

  /** With costs that a test chooses. */
  static Candidate candidate(String description, long macs, long parameters) {
    return new Candidate(description, ANY, macs, parameters, new Policy.None());
  }

  /** Three layers, the last two of these widths. */
  static Candidate candidate(int second, int third) {
    List<Integer> widths = List.of(1, second, third);
    return Candidate.of(
        widths.toString(), ReadyMade.Family.PLAIN3.build(new ImageShape(6, 6, 1), 3, widths));
  }
}
