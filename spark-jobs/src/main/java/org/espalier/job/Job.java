package org.espalier.job;

import java.time.InstantSource;
import java.util.List;
import org.espalier.run.RunDirectory;

/** Work that makes a run. Data are read and everything is checked before a job exists. */
public sealed interface Job extends AutoCloseable permits TrainJob, SearchJob, AdaptJob {
  /**
   * What would be done, with its cost and memory, for people.
   *
   * @throws org.espalier.cost.InfeasibleBudgetException if nothing fits the budget
   */
  List<String> plan();

  /**
   * Does what is left to do of a run.
   *
   * @param clock steers checkpoints, never results
   * @throws StoppedException if the console asks for an end; the run can be gone on with
   * @throws org.espalier.training.DivergenceException if a training runs away
   */
  JobSummary perform(RunDirectory run, JobConsole console, InstantSource clock);

  @Override
  void close();
}
