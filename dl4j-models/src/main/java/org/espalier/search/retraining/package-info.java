/**
 * Trainings inside a search: each is a chain of stretches, one item of work a stretch, whose state
 * travels from round to round. Independent of the method that wants networks trained.
 */
package org.espalier.search.retraining;
