package org.espalier.search.truth;

import org.espalier.search.space.WidthSpace;

/**
 * What executors read: everything else is in the items.
 *
 * @param space the networks
 */
record TruthView(WidthSpace space) {}
