package org.espalier.spark;

import org.apache.spark.Partitioner;
import org.espalier.search.rounds.Groups;

/** Brings the results of consecutive groups together, by the groups' indices. */
final class GroupPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int results;

  GroupPartitioner(int results) {
    this.results = results;
  }

  @Override
  public int numPartitions() {
    return results;
  }

  @Override
  public int getPartition(Object group) {
    return (Integer) group / Groups.FOLDED;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GroupPartitioner partitioner && partitioner.results == results;
  }

  @Override
  public int hashCode() {
    return results;
  }
}
