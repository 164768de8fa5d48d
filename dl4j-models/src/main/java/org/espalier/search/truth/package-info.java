/**
 * How well searches agree with the truth where it is known: spaces so small that every network of
 * them was trained.
 */
package org.espalier.search.truth;
