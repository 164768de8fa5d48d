package org.espalier.frame;

import java.util.ArrayList;
import java.util.List;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.SumShape;
import org.espalier.search.Sums;
import org.espalier.search.WorkItem;
import org.espalier.storage.Floats;

/**
 * Moves a state and does nothing else: executors read it whole, each item adds as much to the sums,
 * and the driver adds those to the state.
 *
 * @param rounds before it ends
 * @param items of a round
 * @param floats of the state
 */
public record StateSearch(int rounds, int items, int floats)
    implements Search<StateSearch.State, StateSearch.View, StateSearch.Item, StateSearch.Result> {
  private static final String SUM = "state";
  private static final int ITEM_BYTES = 200;

  record State(int round, Floats values) {}

  record View(Floats values) {}

  record Item(long seed, long plannedCost, String label) implements WorkItem {}

  record Result(double value) {}

  @Override
  public State start(SearchContext context) {
    return new State(0, Floats.of(new float[floats]));
  }

  @Override
  public List<Item> plan(State state) {
    List<Item> plan = new ArrayList<>();
    for (int item = 0; item < items; item++) {
      plan.add(new Item((long) state.round() * items + item, 1, "item " + item));
    }
    return plan;
  }

  @Override
  public View view(State state) {
    return new View(state.values());
  }

  @Override
  public SumShape sums(State state) {
    return new SumShape(List.of(new SumShape.Block(SUM, floats)));
  }

  @Override
  public Contribution<Result> perform(View view, Item item, ItemContext context) {
    float[] values = view.values().toArray();
    values[(int) (item.seed() % floats)] += 1;
    return Contribution.of(new Result(item.seed()), Sums.of(SUM, values));
  }

  @Override
  public State advance(State state, RoundResult<Item, Result> round) {
    var sums = round.totals().of(SUM);
    float[] values = new float[floats];
    for (int i = 0; i < floats; i++) {
      values[i] = (float) (sums.get(i) / items);
    }
    return new State(state.round() + 1, Floats.of(values));
  }

  @Override
  public boolean finished(State state) {
    return state.round() == rounds;
  }

  @Override
  public SearchResult result(State state) {
    return new SearchResult(List.of(), List.of());
  }

  @Override
  public Progress progress(State state) {
    return new Progress("moving", (long) state.round() * items, (long) rounds * items, List.of());
  }

  @Override
  public RoundBytes largestRound(State state) {
    long bytes = 4L * floats;
    return new RoundBytes(
        bytes + ITEM_BYTES, (long) items * ITEM_BYTES, bytes, (long) items * ITEM_BYTES);
  }

  @Override
  public SearchCodecs<State, View, Item, Result> codecs() {
    return SearchCodecs.ofRecords(State.class, View.class, Item.class, Result.class);
  }
}
