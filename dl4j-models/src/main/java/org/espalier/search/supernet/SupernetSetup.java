package org.espalier.search.supernet;

import java.util.List;
import java.util.function.ToLongFunction;
import org.espalier.search.finals.Course;
import org.espalier.search.space.CostModel;
import org.espalier.search.space.PricedChoices;

/**
 * What a search with shared weights knows from its start: all that planning takes beside the state.
 *
 * @param how shared weights are trained
 * @param ranking how they are read
 * @param choices with the budget
 * @param macs of every network
 * @param pathMacs of what a path computes, which may be several networks at once
 * @param course how many images there are to learn from and to judge by
 * @param seed of the search
 */
public record SupernetSetup(
    SupernetSettings how,
    RankingSettings ranking,
    PricedChoices choices,
    CostModel macs,
    ToLongFunction<List<Integer>> pathMacs,
    Course course,
    long seed) {}
