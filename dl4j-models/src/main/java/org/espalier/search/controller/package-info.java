/**
 * What decides which widths to try: an LSTM that learns from rewards, or independent distributions
 * that learn from gradients of gates. All of it runs on the driver, in float64 with {@code
 * StrictMath}, rounded to float32 after each step.
 */
package org.espalier.search.controller;
