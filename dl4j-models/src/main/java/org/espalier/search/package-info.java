/**
 * The contract of every search method and what runs it: {@link org.espalier.search.Search} cuts a
 * method where a cluster cuts it, {@link org.espalier.search.SearchDriver} loops over rounds,
 * {@link org.espalier.search.LocalRounds} performs a round in this process.
 */
package org.espalier.search;
