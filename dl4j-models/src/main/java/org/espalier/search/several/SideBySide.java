package org.espalier.search.several;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.ToLongFunction;
import org.espalier.report.Folded;
import org.espalier.report.Section;
import org.espalier.search.Artefact;
import org.espalier.search.Assessment;
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
import org.espalier.search.SumShape;
import org.espalier.search.WorkItem;
import org.espalier.tensor.Seeds;

/**
 * Searches of one method within different budgets or from different seeds, in one run. A round has
 * the next items of each that is not finished; none sees what another does, so that each finds what
 * it would find alone.
 *
 * @param <S> state of one
 * @param <V> view of one
 * @param <W> items of one
 * @param <R> results of one
 */
public final class SideBySide<S, V, W extends WorkItem, R>
    implements Search<List<S>, List<Optional<V>>, SideBySide.Item<W>, R> {
  private final List<Member<S, V, W, R>> members;

  /**
   * One of the searches.
   *
   * @param within the budget, and what else sets it apart from the others, for people
   * @param later added to the seed of the run, at least 0
   * @param search itself
   */
  public record Member<S, V, W extends WorkItem, R>(
      String within, int later, Search<S, V, W, R> search) {
    public Member {
      Objects.requireNonNull(within, "within");
      Objects.requireNonNull(search, "search");
    }
  }

  /**
   * An item of one of the searches.
   *
   * @param member whose, from 0
   * @param within the budget of that search
   * @param item as it planned it
   */
  public record Item<W extends WorkItem>(int member, String within, W item)
      implements WorkItem.Wrapped {
    @Override
    public long seed() {
      return Seeds.mix(item.seed(), member);
    }

    @Override
    public String label() {
      return "%s, within %s".formatted(item.label(), within);
    }
  }

  /**
   * Puts searches side by side.
   *
   * @param members at least one, with different names; what the first finds is told first
   */
  public SideBySide(List<Member<S, V, W, R>> members) {
    this.members = List.copyOf(members);
    if (this.members.isEmpty()
        || this.members.stream().map(Member::within).distinct().count() < this.members.size()) {
      throw new IllegalArgumentException(
          "searches side by side need different names, got "
              + this.members.stream().map(Member::within).toList());
    }
  }

  @Override
  public List<S> start(SearchContext context) {
    return members.stream()
        .map(
            member ->
                member
                    .search()
                    .start(new SearchContext(context.seed() + member.later(), context.data())))
        .toList();
  }

  @Override
  public List<Item<W>> plan(List<S> state) {
    List<Item<W>> items = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Member<S, V, W, R> member = members.get(i);
      if (!member.search().finished(state.get(i))) {
        for (W item : member.search().plan(state.get(i))) {
          items.add(new Item<>(i, member.within(), item));
        }
      }
    }
    return items;
  }

  /** Nothing of those that are finished. */
  @Override
  public List<Optional<V>> view(List<S> state) {
    return each(
        state,
        (member, own) ->
            member.search().finished(own)
                ? Optional.empty()
                : Optional.of(member.search().view(own)));
  }

  @Override
  public SumShape sums(List<S> state) {
    List<SumShape.Block> blocks = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      for (SumShape.Block block : sums(i, state.get(i)).blocks()) {
        blocks.add(new SumShape.Block(prefix(i) + block.name(), block.length()));
      }
    }
    return new SumShape(blocks);
  }

  private SumShape sums(int member, S own) {
    Search<S, V, W, R> search = members.get(member).search();
    return search.finished(own) ? SumShape.NONE : search.sums(own);
  }

  private static String prefix(int member) {
    return member + "/";
  }

  @Override
  public Contribution<R> perform(List<Optional<V>> view, Item<W> item, ItemContext context) {
    Contribution<R> own =
        members
            .get(item.member())
            .search()
            .perform(view.get(item.member()).orElseThrow(), item.item(), context);
    return new Contribution<>(own.outcome(), own.sums().prefixed(prefix(item.member())));
  }

  @Override
  public List<S> advance(List<S> state, RoundResult<Item<W>, R> round) {
    List<S> after = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Search<S, V, W, R> search = members.get(i).search();
      S own = state.get(i);
      after.add(search.finished(own) ? own : search.advance(own, part(i, own, round)));
    }
    return List.copyOf(after);
  }

  private RoundResult<W, R> part(int member, S own, RoundResult<Item<W>, R> round) {
    List<RoundResult.Performed<W, R>> items =
        round.items().stream()
            .filter(each -> each.item().member() == member)
            .map(each -> new RoundResult.Performed<>(each.item().item(), each.outcome()))
            .toList();
    return new RoundResult<>(items, round.totals().part(prefix(member), sums(member, own)));
  }

  @Override
  public boolean finished(List<S> state) {
    return each(state, (member, own) -> member.search().finished(own)).stream()
        .allMatch(Boolean::booleanValue);
  }

  @Override
  public SearchResult result(List<S> state) {
    List<FoundNetwork> networks = new ArrayList<>();
    List<Artefact> artefacts = new ArrayList<>();
    List<SearchResult.Failure> failures = new ArrayList<>();
    List<Assessment> candidates = new ArrayList<>();
    List<String> remarks = new ArrayList<>();
    List<Section> sections = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      Member<S, V, W, R> member = members.get(i);
      SearchResult own = member.search().result(state.get(i));
      own.networks().forEach(each -> networks.add(each.within(member.within())));
      artefacts.addAll(own.artefacts());
      own.failures()
          .forEach(
              each ->
                  failures.add(
                      new SearchResult.Failure(
                          named(each.role(), member), each.number(), each.reason())));
      own.candidates().forEach(each -> candidates.add(each.labelled(named(each.label(), member))));
      if (own.networks().stream().noneMatch(each -> each.role().equals(FoundNetwork.FOUND))) {
        remarks.add("Within %s nothing was found.".formatted(member.within()));
      }
      own.remarks().forEach(each -> remarks.add("Within %s: %s".formatted(member.within(), each)));
      sections.add(new Folded("Within " + member.within(), own.sections()));
    }
    return new SearchResult(networks, artefacts, failures, candidates, remarks, sections);
  }

  private String named(String what, Member<S, V, W, R> member) {
    return "%s, within %s".formatted(what, member.within());
  }

  @Override
  public List<Section> soFar(List<S> state) {
    return each(
        state,
        (member, own) -> new Folded("Within " + member.within(), member.search().soFar(own)));
  }

  /** The phase is that of the first that is not finished. */
  @Override
  public Progress progress(List<S> state) {
    List<Progress> all = each(state, (member, own) -> member.search().progress(own));
    int first = 0;
    while (first < members.size() - 1 && members.get(first).search().finished(state.get(first))) {
      first++;
    }
    return new Progress(
        "%s, within %s".formatted(all.get(first).phase(), members.get(first).within()),
        all.stream().mapToLong(Progress::workDone).sum(),
        all.stream().mapToLong(Progress::workPlanned).sum(),
        all.get(first).measures());
  }

  @Override
  public RoundBytes largestRound(List<S> state) {
    List<RoundBytes> all = each(state, (member, own) -> member.search().largestRound(own));
    long items = sum(all, RoundBytes::items);
    return new RoundBytes(
        sum(all, RoundBytes::view) + SeveralCodecs.frame(members.size()),
        items + items / 4 + 1024, // Each item says whose it is, in less than a quarter of it.
        sum(all, RoundBytes::sums),
        sum(all, RoundBytes::results));
  }

  private static long sum(List<RoundBytes> all, ToLongFunction<RoundBytes> part) {
    return all.stream().mapToLong(part).sum();
  }

  private <T> List<T> each(List<S> state, BiFunction<Member<S, V, W, R>, S, T> function) {
    List<T> results = new ArrayList<>();
    for (int i = 0; i < members.size(); i++) {
      results.add(function.apply(members.get(i), state.get(i)));
    }
    return List.copyOf(results);
  }

  @Override
  public SearchCodecs<List<S>, List<Optional<V>>, Item<W>, R> codecs() {
    return SeveralCodecs.of(
        members.get(0).search().codecs(), members.stream().map(Member::within).toList());
  }
}
