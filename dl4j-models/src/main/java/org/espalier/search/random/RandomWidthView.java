package org.espalier.search.random;

import org.espalier.search.space.WidthSpace;

/**
 * What executors read: everything else is in the items.
 *
 * @param space the networks
 */
record RandomWidthView(WidthSpace space) {}
