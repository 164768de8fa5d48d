/**
 * Trained networks for other programs: ONNX and DL4J files, each proved against our own logits.
 *
 * <p>Exported models take images {@code [batch, channels, height, width]}, as is usual for both
 * formats (ONNX optionally {@code [batch, height, width, channels]}), and give logits {@code
 * [batch, classes]}; softmax is left to the caller.
 */
package org.espalier.export;
