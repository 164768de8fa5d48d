package org.espalier.meta;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.cost.Budget;
import org.espalier.data.SplitSettings;
import org.espalier.meta.MetaState.Role;
import org.espalier.search.cell.space.CellSpaceSettings;
import org.espalier.search.method.MethodSettings;
import org.espalier.settings.Checks;
import org.espalier.settings.Inlined;
import org.espalier.settings.Range;
import org.espalier.settings.Required;
import org.espalier.task.EpisodeSettings;

/**
 * Settings of meta search. A component that is left out takes its default.
 *
 * @param tasks how large tasks are; default five ways, one shot, 15 queries
 * @param families what is different for single data sets, by their names; default nothing
 * @param space of which networks tasks pick theirs; default blocks, the four convolutions of
 *     few-shot learning
 * @param cells of a network, as the space counts them; default 4
 * @param channels of its first cells; default 32, usually 16 to 64
 * @param budget what the network of a task may cost, unless its family says otherwise; must be
 *     given. Nothing over it is ever picked
 * @param learning how
 * @param baselines what the result is compared with, after equal work; default a fixed network, and
 *     one found network for all tasks
 */
public record MetaSettings(
    EpisodeSettings tasks,
    Map<String, FamilySettings> families,
    CellSpaceSettings space,
    @Range(min = 1, max = 100) Integer cells,
    @Range(min = 1, max = 4096) Integer channels,
    @Required("what the network of a task may cost") Budget budget,
    @Inlined MetaLearning learning,
    List<Baseline> baselines)
    implements MethodSettings {
  /** What meta search is compared with. */
  public enum Baseline {
    /** One network of equal picks and about as many MACs, without gates: first-order MAML. */
    FIXED_NETWORK(Role.FIXED),
    /** A controller that does not see the task. */
    ONE_FOR_ALL(Role.ONE_FOR_ALL),
    /**
     * For each task two random networks from random weights, of which the one that has the lower
     * loss on the support examples after a part of the steps goes on: as much work a task as
     * adaptation is, and nothing learned before.
     */
    FROM_SCRATCH(Role.FROM_SCRATCH);

    private final Role role;

    Baseline(Role role) {
      this.role = role;
    }
  }

  public MetaSettings {
    tasks = Checks.given(tasks, new EpisodeSettings(null, null, null, null, null));
    Checks.present("budget", budget);
    families = resolved(Checks.given(families, Map.of()), tasks, budget);
    space = Checks.given(space, new CellSpaceSettings.ConvolutionBlocks(null));
    cells = Checks.given(cells, 4);
    channels = Checks.given(channels, 32);
    learning =
        Checks.given(
            learning, new MetaLearning(null, null, null, null, null, null, null, null, null));
    baselines =
        List.copyOf(Checks.given(baselines, List.of(Baseline.FIXED_NETWORK, Baseline.ONE_FOR_ALL)));
    Checks.ranges(
        MetaSettings.class, tasks, families, space, cells, channels, budget, learning, baselines);
  }

  private static Map<String, FamilySettings> resolved(
      Map<String, FamilySettings> families, EpisodeSettings tasks, Budget budget) {
    Map<String, FamilySettings> resolved = new TreeMap<>();
    families.forEach((name, family) -> resolved.put(name, family.within(tasks, budget)));
    return Collections.unmodifiableMap(resolved);
  }

  /** The settings of a data set. */
  FamilySettings family(String name) {
    FamilySettings own = families.get(name);
    return own == null ? new FamilySettings(tasks, null, budget) : own;
  }

  List<Role> roles() {
    return baselines.stream().map(each -> each.role).toList();
  }

  /** Classes are parted, not images: all images of a class are used. */
  @Override
  public SplitSettings split() {
    return SplitSettings.STANDARD;
  }

  @Override
  public Optional<Budget> limit() {
    return Optional.of(budget);
  }

  @Override
  public String describe() {
    return "%s rounds of %s tasks, networks of %s"
        .formatted(learning.rounds(), learning.tasksPerRound(), space.describe());
  }
}
