package org.espalier.meta;

import org.espalier.settings.Checks;
import org.espalier.settings.Range;

/**
 * How a mixture of tasks is learned from, whatever its tasks are. A component that is left out
 * takes its default.
 *
 * @param rounds in which the task-aware controller and its weights learn; default 400
 * @param tasksPerRound whose gradients a round adds up; default 16, usually 4 to 64
 * @param tasksPerItem that an executor learns from one after the other; default 2
 * @param embedding how tasks are described to the controller
 * @param inner how a network adapts to a task
 * @param outer how the weights before adaptation are learned
 * @param controller how networks are picked
 * @param testTasks tasks of each family that the result is judged by; default 600
 * @param shuffledTasks of these, how many are also judged with the network that another task's
 *     embedding picks, to see whether the controller looks at the task; default 100
 */
public record MetaLearning(
    @Range(min = 1, max = Range.MANY) Integer rounds,
    @Range(min = 1, max = Range.MANY) Integer tasksPerRound,
    @Range(min = 1, max = 1000) Integer tasksPerItem,
    EmbeddingSettings embedding,
    InnerSettings inner,
    OuterSettings outer,
    ControllerSettings controller,
    @Range(min = 2, max = Range.MANY) Integer testTasks,
    @Range(min = 0, max = Range.MANY) Integer shuffledTasks) {
  public MetaLearning {
    rounds = Checks.given(rounds, 400);
    tasksPerRound = Checks.given(tasksPerRound, 16);
    tasksPerItem = Checks.given(tasksPerItem, 2);
    embedding = Checks.given(embedding, new EmbeddingSettings(null, null, null, null));
    inner = Checks.given(inner, new InnerSettings(null, null, null, null, null));
    outer = Checks.given(outer, new OuterSettings(null, null));
    controller =
        Checks.given(controller, new ControllerSettings(null, null, null, null, null, null));
    testTasks = Checks.given(testTasks, 600);
    shuffledTasks = Checks.given(shuffledTasks, Math.min(100, testTasks));
    Checks.ranges(
        MetaLearning.class,
        rounds,
        tasksPerRound,
        tasksPerItem,
        embedding,
        inner,
        outer,
        controller,
        testTasks,
        shuffledTasks);
  }
}
