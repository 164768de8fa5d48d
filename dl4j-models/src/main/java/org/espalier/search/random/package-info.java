/**
 * Random search over the widths of a network under a budget: the baseline that every other method
 * must beat at equal planned work.
 */
package org.espalier.search.random;
