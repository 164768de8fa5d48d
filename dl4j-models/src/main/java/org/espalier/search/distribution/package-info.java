/**
 * Distributions over the options of independent choices, the gradients of their logarithm, and the
 * rule that moves their parameters. Float64 with {@code StrictMath} on the driver's processor, so
 * that no processor changes a bit; what is kept is rounded to float32.
 */
package org.espalier.search.distribution;
