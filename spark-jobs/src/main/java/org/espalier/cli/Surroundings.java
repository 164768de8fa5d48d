package org.espalier.cli;

import java.time.InstantSource;

/**
 * What commands have around them.
 *
 * @param out for results
 * @param err for messages
 * @param terminal whether {@code out} is a terminal, where lines can be drawn over
 * @param clock for progress
 */
record Surroundings(Screen out, Screen err, boolean terminal, InstantSource clock) {}
