package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.cell.space.GatedSpace;
import org.espalier.search.cell.space.Skeleton;
import org.espalier.search.finals.CandidateSettings;
import org.espalier.search.finals.FinalsSettings;
import org.espalier.search.policy.PolicySettings;
import org.espalier.search.policy.SamplerSettings;
import org.espalier.search.space.SearchedSpace;
import org.espalier.search.supernet.RankingSettings;
import org.espalier.search.supernet.SupernetSettings;
import org.espalier.search.trials.TrialSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Inlined;
import org.espalier.settings.Range;
import org.espalier.settings.Required;
import org.espalier.settings.SettingException;

/**
 * Settings of {@link CellSearch}. A component that is left out takes its default.
 *
 * @param space the cells that there are; default those of DARTS with the optimised operations
 * @param budget what a network may cost; must be given. Nothing over it is ever returned
 * @param budgetShares of the budget within which networks are searched as well, side by side, each
 *     above 0 and below 1; there {@code channels} are as many as the square root of the share
 *     leaves, except where the budget has measured times of one width; default none
 * @param searches side by side within each budget, which differ in their seeds: that of the run and
 *     the numbers after it; each hands over what it finds; at least 1; default 1
 * @param cells of the network that is handed over, at least 1; default 5. In a chain, layers; of
 *     convolution blocks, how often each repeats its operation
 * @param channels of its first cells, at least 1; default 16
 * @param fillsBudget whether a network is handed over as wide as the budget allows, but not with
 *     more parameters than the largest of the space has in {@code channels}, in which the costs of
 *     cells are weighed; with measured times, only widths count that were measured; default true
 * @param policy what learns which operations are good; default Gumbel samples of single paths
 * @param order of the gradients that it learns from, where it learns from gradients; default first
 * @param plan stages by name; default four of them
 * @param stages instead of a plan, first to last; default those of the plan
 * @param supernetChannels of the first cells of supernets, at least 1; default those of {@code
 *     channels}
 * @param auxiliarySkip factor of a skip connection beside each edge that takes no part in the race,
 *     at the start of a stage, in [0, 1]; it fades to 0 (Chu et al., "DARTS-", ICLR 2021); default
 *     0, which is none
 * @param supernet how shared weights are trained, in each stage; default its defaults
 * @param guard against collapse; default its defaults
 * @param ranking how candidates are taken from the last supernet; default its defaults
 * @param trials of networks alone, shortly, in place of shared weights: policy, plan, stages,
 *     supernet, guard and ranking then count for nothing; default none
 * @param finals how networks are trained once candidates are ranked; supernets learn from images
 *     augmented as in {@code retrain}
 */
public record CellSettings(
    CellSpaceSettings space,
    @Required("what a network may cost") Budget budget,
    List<@Range(above = 0, below = 1) Double> budgetShares,
    @Range(min = 1, max = 1000) Integer searches,
    @Range(min = 1, max = 100) Integer cells,
    @Range(min = 1, max = 4096) Integer channels,
    Boolean fillsBudget,
    PolicySettings policy,
    Order order,
    StagePlan plan,
    List<Stage> stages,
    @Range(min = 0, max = 4096) Integer supernetChannels,
    @Range(min = 0, max = 1) Double auxiliarySkip,
    SupernetSettings supernet,
    GuardSettings guard,
    RankingSettings ranking,
    TrialSettings trials,
    @Inlined FinalsSettings finals)
    implements CandidateSettings, SearchedSpace {
  private static final int CELLS = 5;
  private static final int CHANNELS = 16;

  public CellSettings {
    space = Checks.given(space, CellSpaceSettings.defaults());
    budgetShares = List.copyOf(Checks.given(budgetShares, List.of()));
    searches = Checks.given(searches, 1);
    cells = Checks.given(cells, CELLS);
    channels = Checks.given(channels, CHANNELS);
    fillsBudget = Checks.given(fillsBudget, true);
    policy = Checks.given(policy, SamplerSettings.defaults());
    order = Checks.given(order, Order.FIRST);
    plan = Checks.given(plan, StagePlan.FOUR_STAGES);
    stages = List.copyOf(Checks.given(stages, plan.stages()));
    supernetChannels = Checks.given(supernetChannels, channels);
    auxiliarySkip = Checks.given(auxiliarySkip, 0.0);
    supernet = Checks.given(supernet, SupernetSettings.STANDARD);
    guard = Checks.given(guard, GuardSettings.STANDARD);
    ranking = Checks.given(ranking, RankingSettings.STANDARD);
    trials = Checks.given(trials, TrialSettings.none());
    finals = Checks.given(finals, FinalsSettings.defaults());
    Checks.present("budget", budget);
    Checks.ranges(
        CellSettings.class,
        space,
        budget,
        budgetShares,
        searches,
        cells,
        channels,
        fillsBudget,
        policy,
        order,
        plan,
        stages,
        supernetChannels,
        auxiliarySkip,
        supernet,
        guard,
        ranking,
        trials,
        finals);
    if (stages.isEmpty()) {
      throw new SettingException("stages", "must have at least one stage");
    }
    for (int stage = 1; stage < stages.size(); stage++) {
      if (stages.get(stage).operations() > stages.get(stage - 1).operations()) {
        throw new SettingException(
            "stages",
            "must not grow: stage %s keeps %s operations of %s"
                .formatted(
                    stage + 1, stages.get(stage).operations(), stages.get(stage - 1).operations()));
      }
    }
  }

  /**
   * The same search within the budget and within each share of it.
   *
   * @throws SettingException if two of them are the same
   */
  List<CellSettings> eachBudget() {
    List<CellSettings> each = new ArrayList<>(List.of(withShare(1)));
    budgetShares.forEach(share -> each.add(withShare(share)));
    if (each.stream().map(one -> one.budget().describe()).distinct().count() < each.size()) {
      throw new SettingException(
          "budgetShares", "must give different budgets, got %s".formatted(budgetShares));
    }
    return each;
  }

  private CellSettings withShare(double share) {
    double ofWidths = budget.knowsEveryLayer() ? share : 1; // A table was made for one width.
    return new CellSettings(
        space,
        share == 1 ? budget : budget.times(share),
        List.of(),
        searches,
        cells,
        scaled(channels, ofWidths),
        fillsBudget,
        policy,
        order,
        plan,
        stages,
        scaled(supernetChannels, ofWidths),
        auxiliarySkip,
        supernet,
        guard,
        ranking,
        trials,
        finals);
  }

  private static int scaled(int channels, double share) {
    return Math.max(1, (int) StrictMath.round(channels * StrictMath.sqrt(share)));
  }

  /** Rounds of a stage. */
  int rounds(int stage) {
    return stages.get(stage).rounds(supernet.rounds());
  }

  /** The stage with the most cells, of equals the first. */
  int deepest() {
    int deepest = 0;
    for (int stage = 1; stage < stages.size(); stage++) {
      deepest = stages.get(stage).cells() > stages.get(deepest).cells() ? stage : deepest;
    }
    return deepest;
  }

  /** How often the policy learns in a stage. */
  int learnings(int stage) {
    SupernetSettings how = supernet.withRounds(rounds(stage));
    return how.rounds() - how.warmUpRounds();
  }

  /** The networks of a stage's supernet. */
  GatedSpace supernetSpace(CellState.Images images, int stage) {
    return space.of(
        new Skeleton(
            stages.get(stage).cells(), supernetChannels, images.shape(), images.classes()));
  }

  /** The networks that may be handed over, as wide as costs are weighed. */
  GatedSpace handedOverSpace(CellState.Images images) {
    return handedOver(images.shape(), images.classes());
  }

  @Override
  public GatedSpace handedOver(ImageShape input, int classes) {
    return space.of(new Skeleton(cells, channels, input, classes));
  }

  @Override
  public Optional<Budget> limit() {
    return Optional.of(budget);
  }

  @Override
  public String describe() {
    return "cells of %s %s%s%s"
        .formatted(
            space.describe(),
            trials.given() ? trials.describe() : describeStages(),
            budgetShares.isEmpty()
                ? ""
                : ", and the same with shares of the budget, %s,".formatted(budgetShares),
            searches == 1 ? "" : ", with %s seeds side by side,".formatted(searches));
  }

  private String describeStages() {
    return "in %s stages, %s candidates ranked, %s tuned, %s tried alone"
        .formatted(
            stages.size(),
            ranking.candidates(),
            ranking.tuning().candidates(),
            ranking.winners() > 1 ? ranking.winners() : 0);
  }
}
