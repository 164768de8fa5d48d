/**
 * Weights that many networks share: one vector, of which each network's parameters are made. {@link
 * org.espalier.search.supernet.Supernet} trains and judges one {@linkplain
 * org.espalier.search.supernet.SampledPath sampled path} at a time; {@link
 * org.espalier.search.supernet.SupernetBench} does an executor's items with it. How parameters are
 * made of the vector is a method's own: {@link
 * org.espalier.search.supernet.SharedParameter.Source}.
 */
package org.espalier.search.supernet;
