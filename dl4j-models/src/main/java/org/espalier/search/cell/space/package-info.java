/**
 * The spaces of cell search: which operations, edges and depths there are to choose from, written
 * down once and read three times, as the network of some picks, as the network that computes
 * several options at once, and as what all of them cost.
 */
package org.espalier.search.cell.space;
