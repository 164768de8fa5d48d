package org.espalier.meta;

import java.util.Objects;
import org.espalier.task.TaskFamily;

/**
 * A family of tasks and the networks that learn them.
 *
 * @param facts what is known of both without data
 * @param tasks that are drawn
 * @param backbone whose networks learn them
 */
record Domain(DomainFacts facts, TaskFamily tasks, Backbone backbone) {
  Domain {
    Objects.requireNonNull(facts, "facts");
    Objects.requireNonNull(tasks, "tasks");
    Objects.requireNonNull(backbone, "backbone");
  }
}
