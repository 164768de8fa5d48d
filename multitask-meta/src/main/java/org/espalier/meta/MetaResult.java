package org.espalier.meta;

import java.util.List;
import org.espalier.storage.Floats;

/** What became of an item's tasks. */
sealed interface MetaResult {
  /** In the order of the item's tasks. */
  List<Adapted> tasks();

  /**
   * A task after adaptation.
   *
   * @param family its place among the families
   * @param picks of its network
   * @param macs of its network, for one example
   * @param work multiply-accumulates that it took
   * @param loss on the query examples
   * @param score on them, 1 being best: {@link TaskNetwork.Passed#score}
   * @param embedding of the task; empty while learning
   */
  record Adapted(
      int family,
      List<Integer> picks,
      long macs,
      long work,
      double loss,
      double score,
      Floats embedding) {
    public Adapted {
      picks = List.copyOf(picks);
    }
  }

  /**
   * Of {@link MetaItem.Learn}.
   *
   * @param entropy of the controller, mean over the tasks
   * @param reconstruction loss of the embedding, mean over the tasks
   */
  record Learned(List<Adapted> tasks, double entropy, double reconstruction) implements MetaResult {
    public Learned {
      tasks = List.copyOf(tasks);
    }
  }

  /** Of {@link MetaItem.Judge}. */
  record Judged(List<Adapted> tasks) implements MetaResult {
    public Judged {
      tasks = List.copyOf(tasks);
    }
  }
}
