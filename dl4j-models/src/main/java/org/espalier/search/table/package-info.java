/**
 * Tables of networks that others trained, on which searches are played without training anything:
 * how accurate what they find is, by how many networks they asked for.
 */
package org.espalier.search.table;
