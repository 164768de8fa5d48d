package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.espalier.search.Contribution;
import org.espalier.search.DataLoader;
import org.espalier.search.ItemContext;
import org.espalier.search.Sums;
import org.junit.jupiter.api.Test;

/** The contract test notices searches that break the contract. */
class CheatsTest {
  /** A toy search, cheating in one way. */
  private static class Cheat
      extends DelegatingSearch<ToySearch.State, ToySearch.View, ToySearch.Item, ToySearch.Result> {
    private Cheat() {
      super(new ToySearch(2, 7, 0.3));
    }
  }

  @Test
  void anHonestSearchPasses() {
    var contract = contractOf(new Cheat());

    assertThatCode(contract::bitsAreTheSameOnADirtyWorker).doesNotThrowAnyException();
  }

  @Test
  void readingWhatAnotherItemLeftBehindIsNoticed() {
    var contract =
        contractOf(
            new Cheat() {
              @Override
              public Contribution<ToySearch.Result> perform(
                  ToySearch.View view, ToySearch.Item item, ItemContext context) {
                ToySearch.Scratch scratch =
                    context.borrow("left", ToySearch.Scratch.class, ToySearch.Scratch::new);
                float left = scratch.line[0];
                scratch.line[0] = 1;
                return left == 1 && item instanceof ToySearch.Item.Probe
                    ? Contribution.of(new ToySearch.Result.Loss(1))
                    : super.perform(view, item, context);
              }
            });

    assertThatThrownBy(contract::bitsAreTheSameOnADirtyWorker).isInstanceOf(AssertionError.class);
  }

  @Test
  void countingItemsInTheProcessIsNoticed() {
    AtomicInteger count = new AtomicInteger();
    var contract =
        contractOf(
            new Cheat() {
              @Override
              public Contribution<ToySearch.Result> perform(
                  ToySearch.View view, ToySearch.Item item, ItemContext context) {
                return item instanceof ToySearch.Item.Probe
                    ? Contribution.of(
                        new ToySearch.Result.Loss(0), Sums.of("steep", count.incrementAndGet()))
                    : super.perform(view, item, context);
              }
            });

    assertThatThrownBy(() -> contract.bitsAreTheSameWhenGroupsArePerformedInAnyOrder(11))
        .isInstanceOf(AssertionError.class);
    assertThatThrownBy(contract::bitsAreTheSameAfterItemsFailedAndWereRepeated)
        .isInstanceOf(AssertionError.class);
  }

  @Test
  void rememberingInTheDriverIsNoticed() {
    AtomicInteger calls = new AtomicInteger();
    var contract =
        contractOf(
            new Cheat() {
              @Override
              public List<ToySearch.Item> plan(ToySearch.State state) {
                List<ToySearch.Item> plan = super.plan(state);
                return plan.size() > 2
                    ? plan.subList(0, plan.size() - calls.getAndIncrement() % 2)
                    : plan;
              }
            });

    assertThatThrownBy(contract::planViewAndSumsAreFunctionsOfTheState)
        .isInstanceOf(AssertionError.class);
  }

  private static SearchContractTest<?, ?, ?, ?> contractOf(Cheat cheat) {
    var contract =
        new SearchContractTest<
            ToySearch.State, ToySearch.View, ToySearch.Item, ToySearch.Result>() {
          @Override
          protected Cheat search() {
            return cheat;
          }

          @Override
          protected Cheat failingSearch() {
            return cheat;
          }

          @Override
          protected DataLoader data() {
            return ToySearch.points();
          }
        };
    contract.runOnceInProcess();
    return contract;
  }
}
