/**
 * Learning tasks as values: a family of tasks draws one from a seed, the same wherever it is drawn.
 * Few-shot tasks over the classes of image data sets, with classes of their own for each part, and
 * curves whose answers are known.
 */
package org.espalier.task;
