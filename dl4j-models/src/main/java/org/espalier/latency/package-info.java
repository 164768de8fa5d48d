/**
 * Measures what the operations of a search space take on a device, so that a search can be held to
 * a latency: {@link org.espalier.latency.LatencyPlan} says what is measured and makes a table of
 * it, {@link org.espalier.latency.LatencyRounds} measures on this machine, {@link
 * org.espalier.latency.DeviceProgram} writes what another one needs, and {@link
 * org.espalier.latency.LatencyCsv} reads what was measured elsewhere.
 */
package org.espalier.latency;
