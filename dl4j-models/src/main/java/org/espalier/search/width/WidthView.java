package org.espalier.search.width;

import org.espalier.search.space.WidthSpace;
import org.espalier.storage.Floats;

/**
 * What executors of {@link AffineSharingSearch} read in a round.
 *
 * @param space the networks
 * @param values shared ones
 * @param angle of the transition
 * @param maps those learned; empty where sharing has a closed form
 */
record WidthView(WidthSpace space, Floats values, double angle, LearnedMaps maps) {}
