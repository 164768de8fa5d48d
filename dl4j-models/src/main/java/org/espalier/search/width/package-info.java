/**
 * Width search by affine parameter sharing (Wang, Bai et al., NeurIPS 2020): weights of all widths
 * are made from one set of shared kernels by semi-orthonormal maps.
 */
package org.espalier.search.width;
