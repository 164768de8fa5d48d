package org.espalier.search.random;

/**
 * What executors read: everything else is in the items.
 *
 * @param space the networks
 */
record RandomWidthView(WidthSpace space) {}
