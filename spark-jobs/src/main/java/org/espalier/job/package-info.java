/**
 * The jobs that make runs: their settings, the work itself, and what comes out of it: model, result
 * and report.
 */
package org.espalier.job;
