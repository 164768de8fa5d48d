package org.espalier.search.policy;

/**
 * Something that becomes small beside the loss, known by its derivative, such as a multiple of
 * {@link ZeroOneLoss} or {@link ExpectedSkips}.
 */
@FunctionalInterface
public interface GateRegulariser {
  /**
   * Its derivative by the gates.
   *
   * @param gates of the distribution, {@code [choice][option]}
   */
  double[][] gradient(double[][] gates);
}
