/**
 * Arrays, the memory of a step, numeric kernels, updaters, the native runtime and seeds.
 *
 * <p>The only package besides {@code export} that knows ND4J. A kernel is a static method of one of
 * the {@code ...Kernels} classes: it reads tensors, overwrites the tensors given as targets and
 * allocates nothing that outlives the call. Differentiation is built on top in {@code autograd}.
 */
package org.espalier.tensor;
