package org.espalier.meta;

import java.util.List;
import java.util.random.RandomGenerator;
import org.espalier.autograd.Tape;
import org.espalier.search.space.PricedChoices;
import org.espalier.storage.Floats;
import org.espalier.task.Task;

/** The networks that the tasks of one family may pick, all made of the weights of one layout. */
interface Backbone {
  /** What there is to pick, within the family's budget. */
  PricedChoices choices();

  /** Where the weights that all tasks share lie; equal for all families of a mixture. */
  MetaLayout layout();

  /** First values of them. */
  Floats initial(RandomGenerator random);

  /** What picks mean, for people, on one line. */
  String describe(List<Integer> picks);

  /** Multiply-accumulates of one example. */
  long macs(List<Integer> picks);

  /** Names a network for a cache. */
  String key(List<Integer> picks);

  /**
   * A network.
   *
   * @param tape in float32 that its passes are taken down on, shared by networks that run one after
   *     the other
   */
  TaskNetwork network(List<Integer> picks, Tape tape);

  /** Numbers of a token. */
  int tokenSize();

  /** What the task's embedding sees of each support example, {@code [support, tokenSize]}. */
  double[] tokens(Task task);
}
