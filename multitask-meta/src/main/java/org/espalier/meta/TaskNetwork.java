package org.espalier.meta;

import org.espalier.search.Reusable;
import org.espalier.task.Task;

/**
 * The network that a task has picked, on a device. Its weights come with each call: what it holds
 * between calls is unspecified. Belongs to one thread.
 */
interface TaskNetwork extends Reusable {
  /** How its weights are made of those that all tasks share. */
  Binding binding();

  /**
   * Loss on the support examples, and its gradient.
   *
   * @param weights one for each of the binding
   * @param gradient overwritten
   */
  Passed support(Task task, float[] weights, float[] gradient);

  /** Loss on the query examples, and its gradient; batch norm knows the support examples alone. */
  Passed query(Task task, float[] weights, float[] gradient);

  /** The same without a gradient. */
  Passed judge(Task task, float[] weights);

  /**
   * What came of a pass.
   *
   * @param loss mean over the examples
   * @param score how good, 1 being best: the share of classes that were right, or how much of the
   *     variance of curves is explained, at least -1
   */
  record Passed(double loss, double score) {}
}
