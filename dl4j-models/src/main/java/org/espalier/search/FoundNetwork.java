package org.espalier.search;

import java.util.Objects;
import org.espalier.network.NetworkSpec;
import org.espalier.storage.Floats;

/**
 * A trained network that a search hands over. Networks of one role are the same network, or equally
 * good answers, trained with different seeds; reports give their mean and deviation.
 *
 * @param role what it is in the search, for example {@code "found"} or {@code "uniform widths"}
 * @param number among those of its role, from 0
 * @param data name of the data set that it is for; empty if there is only one
 * @param within the budget that it is for, for people; empty if the search had only one
 * @param description what sets the network apart from other candidates, for people; for example its
 *     widths; may be empty
 * @param spec the network
 * @param values its parameters, in the order of its parameter set
 * @param buffers its running statistics, likewise
 * @param validationAccuracy on the validation part, a share in [0, 1]
 * @param work what it took
 */
public record FoundNetwork(
    String role,
    int number,
    String data,
    String within,
    String description,
    NetworkSpec spec,
    Floats values,
    Floats buffers,
    double validationAccuracy,
    Work work) {
  /** The role of what a search was for; networks of every other role are only compared with it. */
  public static final String FOUND = "found";

  public FoundNetwork {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(within, "within");
    Objects.requireNonNull(role, "role");
    Objects.requireNonNull(description, "description");
    Objects.requireNonNull(spec, "spec");
    Objects.requireNonNull(values, "values");
    Objects.requireNonNull(buffers, "buffers");
    Objects.requireNonNull(work, "work");
    if (!(validationAccuracy >= 0 && validationAccuracy <= 1)) {
      throw new IllegalArgumentException(
          "validationAccuracy must be in [0, 1], got " + validationAccuracy);
    }
  }

  /** A network without a description. */
  public FoundNetwork(
      String role,
      int number,
      String data,
      NetworkSpec spec,
      Floats values,
      Floats buffers,
      double validationAccuracy,
      Work work) {
    this(role, number, data, "", "", spec, values, buffers, validationAccuracy, work);
  }

  /** The same, of a search that learns from one data set. */
  public FoundNetwork(
      String role,
      int number,
      NetworkSpec spec,
      Floats values,
      Floats buffers,
      double validationAccuracy,
      Work work) {
    this(role, number, "", spec, values, buffers, validationAccuracy, work);
  }

  /** The same as one that is for a budget. */
  public FoundNetwork within(String budget) {
    return new FoundNetwork(
        role, number, data, budget, description, spec, values, buffers, validationAccuracy, work);
  }

  /** What sets it apart from networks of its role that are for something else; often empty. */
  public String purpose() {
    return (data.isEmpty() ? "" : " on " + data) + (within.isEmpty() ? "" : " within " + within);
  }

  /**
   * Planned work in multiply-accumulates, as {@link WorkItem#plannedCost} counts it.
   *
   * @param search to choose the network, once for all of its role; 0 without a search
   * @param training of this one network
   */
  public record Work(long search, long training) {
    public Work {
      if (search < 0 || training < 0) {
        throw new IllegalArgumentException(
            "work is at least 0, got search %s, training %s".formatted(search, training));
      }
    }
  }
}
