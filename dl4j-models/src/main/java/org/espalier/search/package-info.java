/**
 * The contract of every search method: {@link org.espalier.search.Search} cuts a method where a
 * cluster cuts it, and the other types are the values that pass through its methods.
 */
package org.espalier.search;
