/**
 * What a network costs: multiply-accumulates, parameters, bytes, memory. MACs are
 * multiply-accumulates; FLOPs are twice as many and named so.
 */
package org.espalier.cost;
