/**
 * What every method does once it has candidates: trainings from scratch, each a chain of stretches,
 * one item of work a stretch, whose state travels from round to round.
 */
package org.espalier.search.finals;
