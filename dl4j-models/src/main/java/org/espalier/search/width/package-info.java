/**
 * Width search by affine parameter sharing (Wang, Bai et al., "Revisiting Parameter Sharing for
 * Automatic Neural Channel Number Search", NeurIPS 2020): the networks of all widths are made from
 * one set of shared kernels by semi-orthonormal maps, {@code P^T W Q}. Their equation 4 is the
 * objective: accuracy within a limit on cost, with less and less sharing.
 *
 * <pre>
 * W = random, maps share all they can                      {@link org.espalier.search.width.AffineSharingSearch#start}
 * for each round:                                          {@link org.espalier.search.width.AffineSupernetPhase#plan}
 *   draw widths, uniformly or from the policy              {@link org.espalier.search.supernet.SupernetRounds#plan}
 *   each item, on an executor:                             {@link org.espalier.search.supernet.SupernetBench#perform}
 *     for each of its steps: make P^T W Q of the widths    {@link org.espalier.search.width.AffineProjection#project}
 *       and go down P G Q^T on one batch                   {@link org.espalier.search.width.AffineProjection#descend}
 *   W += momentum + mean difference of those who used it   {@link org.espalier.search.supernet.SharedDescent#stepped}
 *   the policy learns from samples judged with W           {@link org.espalier.search.policy.Policy#learn}
 *   maps turn from sharing all to sharing nothing          {@link org.espalier.search.width.Sharing#angle}
 * take probable widths within the budget                   {@link org.espalier.search.supernet.Decoding#candidates}
 * judge each with W and its own statistics, sort           {@link org.espalier.search.supernet.Ranking#plan}
 * train the first from scratch, beside baselines           {@link org.espalier.search.finals.FinalsSearch}
 * </pre>
 *
 * <p>How much widths share is {@link org.espalier.search.width.SharingLevel}, the sum of {@code
 * ||P_o^T P_o'||_F^2} over pairs of widths.
 */
package org.espalier.search.width;
