package org.espalier.search.supernet;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.espalier.search.policy.Policy;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.tensor.Seeds;

/**
 * Reads candidates from a trained policy, as picks. Every one is within the budget, exactly, and
 * none is degenerate.
 *
 * @param setup what is known from the start
 */
public record Decoding(SupernetSetup setup) {
  private static final long DECODE = 31;
  private static final long FILL = 32;

  /** Samples of the policy for each candidate wanted, before uniform draws fill up. */
  private static final int DRAWS = 20;

  /**
   * The whole space if it is small; otherwise the most probable ones, samples and draws. The
   * reference comes on top.
   *
   * @param reference what one would take without a search, if the space has it
   */
  public List<List<Integer>> candidates(Policy policy, Optional<List<Integer>> reference) {
    int wanted = setup.ranking().candidates();
    Networks networks = new Networks();
    if (setup.choices().size() <= wanted) {
      networks.add(LongStream.range(0, setup.choices().size()).mapToObj(setup.choices()::picks));
      networks.fill(1);
    } else {
      networks.add(
          policy.best(setup.choices(), setup.ranking().beam()).stream()
              .filter(this::ranks)
              .limit(wanted));
      RandomGenerator random = Seeds.generator(setup.seed(), DECODE);
      for (int draw = 0; draw < DRAWS && networks.size() < wanted; draw++) {
        networks.add(
            policy.sample(setup.choices(), wanted, random).stream()
                .filter(this::ranks)
                .limit(wanted - networks.size()));
      }
      networks.fill(wanted);
    }
    reference.stream().forEach(picks -> networks.add(Stream.of(picks)));
    return networks.picks();
  }

  /** Within the budget, and not so far that too little of it is used. */
  private boolean ranks(List<Integer> picks) {
    return setup.choices().allows(picks)
        && setup.choices().ratio(picks) >= setup.ranking().leastShare();
  }

  /** Candidates by what makes them one network: different picks can give the same one. */
  private final class Networks {
    private final Map<List<Integer>, List<Integer>> byCanonical = new LinkedHashMap<>();

    private int size() {
      return byCanonical.size();
    }

    private List<List<Integer>> picks() {
      return List.copyOf(byCanonical.values());
    }

    private void add(Stream<List<Integer>> candidates) {
      candidates
          .filter(Decoding.this::ranks)
          .forEach(
              picks -> byCanonical.putIfAbsent(setup.choices().canonical().apply(picks), picks));
    }

    private void fill(int wanted) {
      if (size() >= wanted) {
        return;
      }
      List<List<Integer>> drawn =
          FeasibleCandidates.sample(
              setup.choices(), DRAWS * wanted, Seeds.generator(setup.seed(), FILL));
      for (int i = 0; i < drawn.size() && size() < wanted; i++) {
        add(Stream.of(drawn.get(i)));
      }
      if (byCanonical.isEmpty()) {
        drawn.stream().limit(wanted).forEach(picks -> byCanonical.put(picks, picks));
      }
    }
  }
}
