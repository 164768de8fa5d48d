package org.espalier.frame;

import java.util.ArrayList;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.espalier.data.LabelledData;
import org.espalier.data.SplitSettings;
import org.espalier.data.Splits;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ReadyMade;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.Reusable;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.WorkItem;
import org.espalier.training.Trainer;
import org.espalier.training.TrainingData;
import org.espalier.training.TrainingListener;
import org.espalier.training.TrainingOutcome;
import org.espalier.training.TrainingSettings;

/**
 * Equal items that do nothing but train: the same steps of ResNet-8 on the built-in digits.
 *
 * @param rounds before it ends
 * @param items of a round
 * @param steps of an item
 */
public record TrainingSearch(int rounds, int items, int steps)
    implements Search<
        TrainingSearch.State, TrainingSearch.View, TrainingSearch.Item, TrainingSearch.Result> {
  private static final String DIGITS = "digits";
  private static final int BATCH = 32;
  private static final int ITEM_BYTES = 200;

  record State(int round) {}

  record View(String data) {}

  record Item(long seed, long plannedCost, String label) implements WorkItem {}

  record Result(long step) {}

  /** The built-in digits. */
  public static DataLoader digits() {
    return new DataLoader() {
      @Override
      public <D> D load(String fingerprint, Class<D> type) {
        return type.cast(Datasets.open(new DatasetSettings.Digits(), new Configuration()));
      }
    };
  }

  @Override
  public State start(SearchContext context) {
    return new State(0);
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
    return new View(DIGITS);
  }

  @Override
  public Contribution<Result> perform(View view, Item item, ItemContext context) {
    return context
        .borrow("resnet8", WarmTrainer.class, () -> new WarmTrainer(trainer(view, context)))
        .train(steps, context);
  }

  private static Trainer trainer(View view, ItemContext context) {
    LabelledData data = context.data(view.data(), LabelledData.class);
    NetworkSpec network =
        ReadyMade.Family.RESNET8.build(
            data.images().shape(),
            data.images().classes().size(),
            ReadyMade.Family.RESNET8.usualWidths());
    TrainingSettings settings = TrainingSettings.defaults().withBatchSize(BATCH);
    return new Trainer(
        network, settings, TrainingData.of(data, Splits.split(data, SplitSettings.STANDARD)), 1);
  }

  @Override
  public State advance(State state, RoundResult<Item, Result> round) {
    return new State(state.round() + 1);
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
    return new Progress("training", (long) state.round() * items, (long) rounds * items, List.of());
  }

  @Override
  public RoundBytes largestRound(State state) {
    return new RoundBytes(ITEM_BYTES, (long) items * ITEM_BYTES, 0, (long) items * ITEM_BYTES);
  }

  @Override
  public SearchCodecs<State, View, Item, Result> codecs() {
    return SearchCodecs.ofRecords(State.class, View.class, Item.class, Result.class);
  }

  private static final class WarmTrainer implements Reusable {
    private final Trainer trainer;

    private WarmTrainer(Trainer trainer) {
      this.trainer = trainer;
    }

    private Contribution<Result> train(int steps, ItemContext context) {
      TrainingListener listener =
          new TrainingListener() {
            @Override
            public boolean pause() {
              context.checkCancelled();
              return false;
            }
          };
      TrainingOutcome outcome = trainer.advance(trainer.start(), steps, listener);
      return Contribution.of(new Result(outcome.state().step()));
    }

    @Override
    public void spoil() {
      trainer.spoil();
    }

    @Override
    public void close() {
      trainer.close();
    }
  }
}
