/** Augmentation policies as picks among operations, probabilities and levels. */
package org.espalier.search.augment.space;
