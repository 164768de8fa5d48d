package org.espalier.cli;

import java.io.PrintWriter;
import java.time.InstantSource;

/**
 * What commands have around them.
 *
 * @param out for results
 * @param err for messages
 * @param terminal whether {@code out} is a terminal, where lines can be drawn over
 * @param clock for progress
 */
record Surroundings(PrintWriter out, PrintWriter err, boolean terminal, InstantSource clock) {}
