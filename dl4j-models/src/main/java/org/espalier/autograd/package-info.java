/**
 * Eager reverse-mode differentiation: a {@link org.espalier.autograd.Tape} records what is computed
 * and runs it backwards.
 *
 * <p>An operation is a static method that computes its value with a kernel of {@code tensor} and
 * records a closure that adds the gradients of its inputs:
 *
 * <pre>{@code
 * public static Variable square(Variable x) {
 *   Tensor value = x.tape().allocate(x.shape());
 *   ElementwiseKernels.multiply(x.value(), x.value(), value);
 *   return x.tape().record(
 *       value,
 *       gradient -> x.addGradient(target -> SomeKernels.squareGradient(x.value(), gradient, target)),
 *       x);
 * }
 * }</pre>
 *
 * <p>{@code addGradient} does not run its kernel when nobody wants that gradient. The values of
 * inputs and of the result are there when the closure runs; anything else that it needs is given to
 * {@code recordSaving}.
 */
package org.espalier.autograd;
