/**
 * Meta search over many tasks (M-NAS: Wang, Wu, Bai and Cheng, AAAI 2020): a controller that sees a
 * task's support examples picks a network, weights that all tasks share are modulated for the task
 * and adapted in a few steps, and what is learned from each task is how to begin.
 *
 * <pre>
 * for each round:                                                    MetaSearch.plan
 *   for each task of a batch, on executors:                          MetaBench.learn
 *     support, query = examples of a family, by a seed               TaskFamily.draw
 *     embedding      = auto-encoder(support)                         Guide.embed
 *     picks          = LSTM(embedding, picks so far, budget left)    Guide.pick
 *     weights        = gates(embedding) * shared weights of picks    Guide.gates, Binding.start
 *     K times: weights -= rates * gradient(support loss)             InnerLoop.descend
 *     gradient at the start, from that of the query loss             OuterRule.gradient
 *     gradients of shared weights, gates, rates, embedding, picks    Binding.shared, MetaBench.slopes
 *   Adam on the mean gradients                                       MetaSearch.advance
 * then, for tasks of classes never seen: adapt and judge             MetaBench.judge
 * and the same for baselines that have learned from equal work       MetaState.Role
 * </pre>
 */
package org.espalier.meta;
