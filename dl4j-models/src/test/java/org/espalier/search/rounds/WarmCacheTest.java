package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThat;

import org.espalier.search.DataLoader;
import org.espalier.search.Reusable;
import org.junit.jupiter.api.Test;

class WarmCacheTest {
  private static final class Thing implements Reusable {
    private boolean closed;
    private boolean spoiled;

    @Override
    public void spoil() {
      spoiled = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  @Test
  void aThingIsLentToOneItemAtATime() {
    WarmCache cache = new WarmCache(2);
    Worker worker = new PlainWorker(DataLoader.NONE, cache, "");
    LendingContext one = new LendingContext(worker);
    LendingContext other = new LendingContext(worker);

    Thing first = one.borrow("key", Thing.class, Thing::new);
    Thing second = other.borrow("key", Thing.class, Thing::new);
    one.giveBack();
    Thing third = other.borrow("key", Thing.class, Thing::new);

    assertThat(second).isNotSameAs(first);
    assertThat(third).isSameAs(first);
  }

  @Test
  void theLongestIdleIsClosedWhenThereAreTooMany() {
    WarmCache cache = new WarmCache(1);
    Thing old = new Thing();
    Thing fresh = new Thing();

    cache.giveBack("old", old);
    cache.giveBack("new", fresh);

    assertThat(old.closed).isTrue();
    assertThat(fresh.closed).isFalse();
    assertThat(cache.size()).isEqualTo(1);
  }

  @Test
  void whatAnUnfinishedItemBorrowedIsClosed() {
    WarmCache cache = new WarmCache(1);
    LendingContext context = new LendingContext(new PlainWorker(DataLoader.NONE, cache, ""));
    Thing thing = context.borrow("key", Thing.class, Thing::new);

    context.discard();

    assertThat(thing.closed).isTrue();
    assertThat(cache.size()).isZero();
  }

  @Test
  void spoilingReachesWhatIsIdle() {
    WarmCache cache = new WarmCache(1);
    Thing thing = new Thing();
    cache.giveBack("key", thing);

    cache.spoil();

    assertThat(thing.spoiled).isTrue();
  }
}
