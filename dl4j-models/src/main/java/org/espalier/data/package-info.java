/** Labelled images in memory: data sets, splits, normalisation and batches. */
package org.espalier.data;
