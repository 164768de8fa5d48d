/**
 * Search for an augmentation policy by gradient estimation: which operations change training
 * images, how likely and how strongly, so that what is learned from them serves unchanged images
 * (Li et al., "DADA: Differentiable Automatic Data Augmentation", ECCV 2020, with a sigmoid gate
 * for each sub-policy in place of their softmax: what one gains no other has to lose, though an
 * image is given one of them, by the gates over their sum).
 *
 * <pre>
 * draft = every sub-policy's gate half open, its operations applied with probability 1/2, all at
 *         the first level                                                  AugmentSearch.start
 * round:
 *   for each group of images draw a sub-policy by the gates over their sum,
 *     and which of its operations are applied                              AugmentSearch.plan
 *   item: for each step
 *     change the batch by its draws, take a step of the weights w          AugmentWorker.step
 *     v = gradient of the loss on unchanged validation images at w         AugmentWorker.judge
 *     reward of a group = slope of its loss along v / |v|,
 *       by the difference of two forward passes
 *     slope of the reward by each level, from levels drawn around it       ChangedImages.addSlopes
 *   driver:
 *     policy learns from the rewards by RELAX, REINFORCE or ASNG           policy.Policy.learn
 *     levels climb their slopes by Adam                                    Levels.climbed
 *     weights take the mean of the items' steps                            supernet.SharedDescent
 * found = the sub-policies whose gates are open most                       Draft.policy
 * </pre>
 *
 * A step down the training loss of a group lowers the validation loss by the rate times the reward:
 * this is the implicit term of the bilevel problem to first order, and all there is, as validation
 * images are not augmented.
 *
 * <p>The other way to judge policies needs no gradients, and no policy while the network learns:
 * density matching (Lim et al., "Fast AutoAugment", NeurIPS 2019).
 *
 * <pre>
 * train a network without a policy                                         finals.Retraining
 * round:
 *   propose policies: operations, probabilities and levels                 policy.Proposer.sample
 *   item: loss of the network on validation images that a policy changes   PolicyJudge
 *   driver: the proposer learns from the losses                            policy.Proposer.learn
 * found = the policy that is expected to lose least                        DensityState.ranked
 * </pre>
 *
 * <p>A policy that hardly changes images loses little, so what is found changes as little as its
 * probabilities and levels allow.
 */
package org.espalier.search.augment;
