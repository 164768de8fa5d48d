/**
 * Progressive search for cells by sampled paths, held to a budget.
 *
 * <pre>{@code
 * race = every option of every choice                                    Pruning.everything
 * for stage in stages:                                                   Stage, StagePlan
 *   weights = those of every path in the race, at the stage's depth      StageNets.layout
 *   for round in stage:                                                  StageRounds.plan
 *     executors: some steps on sampled paths, from equal weights         CellBench, SupernetBench
 *     executors: gates' gradients of some samples on validation images   CellSupernet.gates
 *     weights += mean of the steps; policy learns, costs included        CellSearch.stepped, Policy.learn
 *     too many skip connections: back to the warm-up, more dropout       Guard.watched
 *   race = the most probable operations of each edge                     Pruning.pruned
 *   accuracy fell too far: some of what was dropped comes back           CellSearch.afterCheck, Pruning.restored
 *   the policy keeps what it knows of those that stayed                  Policy.inheriting
 * candidates = the most probable cells within the budget                 Decoding
 * rank them with shared weights, tune the first, try the best alone      Ranking, FinalsSearch
 * }</pre>
 *
 * <p>After Liu et al., "DARTS", ICLR 2019; Chen et al., "Progressive Differentiable Architecture
 * Search", ICCV 2019 (stages, dropout behind skip connections); Dong and Yang, "GDAS", CVPR 2019
 * (one path at a time); Gu et al., "DOTS", CVPR 2021 (two inputs of a node as one choice); Chu et
 * al., "DARTS-", ICLR 2021 (auxiliary skip).
 */
package org.espalier.search.cell;
