package org.espalier.job;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.espalier.data.ImageDataset;
import org.espalier.data.LabelledData;
import org.espalier.data.SplitSettings;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.network.ReadyMade;
import org.espalier.report.Text;
import org.espalier.search.Artefact;
import org.espalier.search.Contribution;
import org.espalier.search.FoundNetwork;
import org.espalier.search.ItemContext;
import org.espalier.search.Progress;
import org.espalier.search.RoundBytes;
import org.espalier.search.RoundResult;
import org.espalier.search.Search;
import org.espalier.search.SearchCodecs;
import org.espalier.search.SearchContext;
import org.espalier.search.SearchResult;
import org.espalier.search.WorkItem;
import org.espalier.search.method.Method;
import org.espalier.search.method.MethodSettings;
import org.espalier.search.method.SearchData;
import org.espalier.settings.Checks;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;

/**
 * A method that counts the images of its data sets and, if asked, hands over untrained networks.
 */
public final class CountingMethod implements Method<CountingMethod.Settings> {
  /**
   * Settings.
   *
   * @param networks whether there is a network for each data set
   * @param split of each
   */
  public record Settings(Boolean networks, SplitSettings split) implements MethodSettings {
    public Settings {
      networks = Checks.given(networks, false);
      split = Checks.given(split, SplitSettings.STANDARD);
    }

    @Override
    public String describe() {
      return "images counted";
    }
  }

  @Override
  public String key() {
    return "counting";
  }

  @Override
  public String title() {
    return "Counting images";
  }

  @Override
  public Class<Settings> settings() {
    return Settings.class;
  }

  @Override
  public Optional<Alias> alias() {
    return Optional.of(new Alias("count", "Count images."));
  }

  @Override
  public Search<?, ?, ?, ?> search(Settings settings, SearchData data) {
    return new Counting(settings, data);
  }

  /** Counts so far, and how many items are done. */
  record State(Map<String, Integer> counts, Map<String, NetworkSpec> specs) {}

  record View(List<String> names) {}

  record Item(long seed, long plannedCost, String label) implements WorkItem {}

  record Count(int images) {}

  private record Counting(Settings settings, SearchData data)
      implements Search<State, View, Item, Count> {
    @Override
    public State start(SearchContext context) {
      Map<String, NetworkSpec> specs = new TreeMap<>();
      for (String name : data.names()) {
        ImageDataset images =
            context.data().load(data.fingerprint(name), LabelledData.class).images();
        specs.put(
            name, ReadyMade.plain(images.shape(), images.classes().size(), List.of(4), List.of(1)));
      }
      return new State(Map.of(), specs);
    }

    @Override
    public List<Item> plan(State state) {
      return data.names().stream().map(name -> new Item(1, 1, name)).toList();
    }

    @Override
    public View view(State state) {
      return new View(data.names());
    }

    @Override
    public Contribution<Count> perform(View view, Item item, ItemContext context) {
      String fingerprint = data.fingerprint(item.label());
      return Contribution.of(
          new Count(context.data(fingerprint, LabelledData.class).images().size()));
    }

    @Override
    public State advance(State state, RoundResult<Item, Count> round) {
      Map<String, Integer> counts = new TreeMap<>();
      round
          .values(Item.class, Count.class)
          .forEach(each -> counts.put(each.item().label(), each.value().images()));
      return new State(counts, state.specs());
    }

    @Override
    public boolean finished(State state) {
      return !state.counts().isEmpty();
    }

    @Override
    public SearchResult result(State state) {
      String text = new TreeMap<>(state.counts()).toString();
      Artefact counts =
          new Artefact(
              "table",
              "image-counts",
              3,
              Map.of("counts.txt", Bytes.of(text.getBytes(StandardCharsets.UTF_8))),
              List.of(new Text("Counted: " + text)));
      List<FoundNetwork> networks = new ArrayList<>();
      if (settings.networks()) {
        state.specs().forEach((name, spec) -> networks.add(untrained(name, spec)));
      }
      return new SearchResult(networks, List.of(counts), List.of(), List.of());
    }

    private static FoundNetwork untrained(String name, NetworkSpec spec) {
      try (ParameterSet parameters = ParameterSet.allocate(spec)) {
        return new FoundNetwork(
            FoundNetwork.FOUND,
            0,
            name,
            spec,
            Floats.of(parameters.values()),
            Floats.of(parameters.buffers()),
            0.5,
            new FoundNetwork.Work(0, 0));
      }
    }

    @Override
    public Progress progress(State state) {
      int done = state.counts().size();
      return new Progress("count", done, data.names().size(), List.of());
    }

    @Override
    public RoundBytes largestRound(State state) {
      return new RoundBytes(100, 100, 0, 100);
    }

    @Override
    public SearchCodecs<State, View, Item, Count> codecs() {
      return SearchCodecs.ofRecords(State.class, View.class, Item.class, Count.class);
    }
  }
}
