/**
 * Training of one network on one device, and its evaluation. A {@link
 * org.espalier.training.Trainer} carries a {@link org.espalier.training.TrainingState} forward step
 * by step; each step is a pure function of the state, the settings, the seed and the data, so a
 * training that was cut anywhere ends in the same bits.
 */
package org.espalier.training;
