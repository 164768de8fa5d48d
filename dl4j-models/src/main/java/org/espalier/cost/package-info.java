/**
 * What a network costs, and what it may cost: resources such as multiply-accumulates, parameters,
 * bytes, memory and latency, and budgets of them. MACs are multiply-accumulates; FLOPs are twice as
 * many and named so.
 */
package org.espalier.cost;
