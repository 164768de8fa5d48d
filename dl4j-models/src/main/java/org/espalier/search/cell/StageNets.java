package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.espalier.cost.Macs;
import org.espalier.cost.Parameters;
import org.espalier.network.NetworkSpec;
import org.espalier.search.cell.CellState.Images;
import org.espalier.search.cell.CellState.Race;
import org.espalier.search.cell.space.Form;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.WidestNetwork;
import org.espalier.search.finals.Candidate;
import org.espalier.search.finals.Reference;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.FeasibleCandidates;
import org.espalier.search.space.PricedChoices;
import org.espalier.search.supernet.NamedLayout;

/**
 * The networks of a stage: what follows from the settings and the race, and takes a while to find.
 */
final class StageNets {
  /** Picks drawn for each network, as different ones can be the same network. */
  private static final int MORE_PICKS = 4;

  private final CellSettings settings;
  private final KeptSpace supernet;
  private final KeptSpace handedOver;
  private final NamedLayout layout;
  private final PricedChoices affordable;
  private final PricedChoices choices;
  private final CostModel macs;
  private final CostModel skips;
  private final Candidate largest;

  private StageNets(CellSettings settings, Images images, int stage, Race race) {
    this.settings = settings;
    supernet = new KeptSpace(settings.supernetSpace(images, stage), race.kept());
    handedOver = new KeptSpace(settings.handedOverSpace(images), race.kept());
    layout = layout(supernet.whole(), race.laidOut(), settings);
    macs = supernet.cost(new Macs());
    affordable = PricedChoices.of(handedOver, settings.budget());
    skips = SkipCount.plusOne(handedOver.whole()).restricted(race.kept());
    choices =
        settings.guard().limitsSkips()
            ? affordable.with(
                new PricedChoices.PricedLimit(skips, settings.guard().maxSkips() + 1L))
            : affordable;
    largest = largest(handedOver.whole());
  }

  /** Keeps the stages that were asked for last; a pure cache. */
  static final class Cache {
    private static final int KEPT = 4;

    private final CellSettings settings;
    private final Map<Key, StageNets> known =
        new LinkedHashMap<>(2 * KEPT, 0.75f, true) {
          @Override
          protected boolean removeEldestEntry(Map.Entry<Key, StageNets> eldest) {
            return size() > KEPT;
          }
        };

    private record Key(Images images, int stage, Race race) {}

    Cache(CellSettings settings) {
      this.settings = settings;
    }

    /** Of what a state does. */
    StageNets of(CellState state) {
      return of(state.images(), state.at().stage(), state.race());
    }

    /**
     * Of a stage.
     *
     * @throws org.espalier.cost.InfeasibleBudgetException if the cheapest network is over the
     *     budget
     */
    synchronized StageNets of(Images images, int stage, Race race) {
      return known.computeIfAbsent(
          new Key(images, stage, race), key -> new StageNets(settings, images, stage, race));
    }
  }

  /** Every option of every choice. */
  static List<List<Integer>> everything(CellSettings settings, Images images) {
    return settings.handedOverSpace(images).everything();
  }

  /**
   * Where the weights shared by all paths of a supernet lie.
   *
   * @param laidOut for each choice the options that there can be
   */
  static NamedLayout layout(GatedSpace space, List<List<Integer>> laidOut, CellSettings settings) {
    Form form = new Form(false, 0, false, settings.auxiliarySkip());
    return NamedLayout.of(space.supernet(laidOut, form).spec());
  }

  /** Networks of the supernet, in the depth of the stage. */
  KeptSpace supernet() {
    return supernet;
  }

  /** The same cells in the depth and width in which they are handed over. */
  KeptSpace handedOver() {
    return handedOver;
  }

  NamedLayout layout() {
    return layout;
  }

  /**
   * What the policy chooses among: within the budget, and usually not more skip connections than
   * allowed.
   */
  PricedChoices choices() {
    return choices;
  }

  /** The same by the budget alone. */
  PricedChoices affordable() {
    return affordable;
  }

  /** Of the supernet's paths that compute one option of each choice. */
  CostModel macs() {
    return macs;
  }

  /** Skip connections of a normal cell. */
  int skips(List<Integer> picks) {
    return (int) skips.exact(picks) - 1;
  }

  /** The same of a sample, on average. */
  double expectedSkips(double[][] marginals) {
    return skips.expected(marginals) - 1;
  }

  Pruning pruning() {
    return new Pruning(supernet.whole());
  }

  /** The hand-made network of about the same cost. */
  Reference reference() {
    return HandMade.within(handedOver.whole(), settings.budget());
  }

  /**
   * The network that is handed over for some picks.
   *
   * @param picks among what is kept, within the budget
   */
  Candidate candidate(List<Integer> picks) {
    if (!settings.fillsBudget()) {
      return handedOver.candidate(picks);
    }
    List<Integer> inWhole = handedOver.inWhole(picks);
    GatedSpace widest =
        WidestNetwork.within(
            handedOver.whole(),
            inWhole,
            settings.budget().withParametersUpTo(largest().parameters()));
    return Candidate.of(
        "%s, %s channels".formatted(widest.describe(inWhole), widest.skeleton().channels()),
        widest.network(inWhole));
  }

  /** Different networks drawn from those within the budget; fewer if there are no more. */
  List<Candidate> random(int count, RandomGenerator random) {
    Map<List<NetworkSpec.Unnamed>, Candidate> candidates = new LinkedHashMap<>();
    for (List<Integer> picks : FeasibleCandidates.sample(affordable, MORE_PICKS * count, random)) {
      Candidate candidate = candidate(picks);
      candidates.putIfAbsent(candidate.network().unnamed(), candidate);
      if (candidates.size() == count) {
        break;
      }
    }
    return List.copyOf(candidates.values());
  }

  /** A candidate with at least as many parameters as any. */
  Candidate largest() {
    return largest;
  }

  /** Each of its options is the largest alone. */
  private static Candidate largest(GatedSpace space) {
    CostModel parameters = space.cost(new Parameters());
    List<Integer> picks = new ArrayList<>(Collections.nCopies(space.sizes().size(), 0));
    // Twice, as what an option takes can depend on one other choice.
    for (int pass = 0; pass < 2; pass++) {
      for (int choice = 0; choice < picks.size(); choice++) {
        int best = picks.get(choice);
        long most = parameters.exact(picks);
        for (int option = 0; option < space.sizes().get(choice); option++) {
          picks.set(choice, option);
          if (parameters.exact(picks) > most) {
            most = parameters.exact(picks);
            best = option;
          }
        }
        picks.set(choice, best);
      }
    }
    return space.candidate(picks);
  }

  static double[][] rows(List<List<Double>> rows) {
    return rows.stream()
        .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
        .toArray(double[][]::new);
  }

  /** The option with the largest probability of each choice, of equals the first. */
  static List<Integer> mostProbable(double[][] marginals) {
    return Arrays.stream(marginals)
        .map(
            row -> {
              int best = 0;
              for (int i = 1; i < row.length; i++) {
                best = row[i] > row[best] ? i : best;
              }
              return best;
            })
        .toList();
  }
}
