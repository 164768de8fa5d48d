package org.espalier.search.rounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.LongStream;
import org.espalier.search.WorkItem;
import org.junit.jupiter.api.Test;

class GroupsTest {
  private record Item(long plannedCost) implements WorkItem {
    @Override
    public long seed() {
      return 0;
    }

    @Override
    public String label() {
      return "item";
    }
  }

  @Test
  void theDearestItemGoesFirstToTheLeastLoadedGroup() {
    var items = items(3, 9, 4, 2, 5);

    var groups = Groups.deal(items, 2);

    // 9 -> first; 5, 4 -> second (9 each); 3 -> first, which has fewer items; 2 -> second.
    assertThat(groups).containsExactly(List.of(0, 1), List.of(2, 3, 4));
  }

  @Test
  void equalItemsAreDealtInTurn() {
    assertThat(Groups.deal(items(1, 1, 1, 1, 1), 2))
        .containsExactly(List.of(0, 2, 4), List.of(1, 3));
  }

  @Test
  void itemsThatCostNothingAreSpreadToo() {
    assertThat(Groups.deal(items(0, 0, 0, 0), 2)).containsExactly(List.of(0, 2), List.of(1, 3));
  }

  @Test
  void groupsWithoutItemsAreLeftOut() {
    assertThat(Groups.deal(items(5, 6), 16)).containsExactly(List.of(1), List.of(0));
  }

  @Test
  void noGroupOrTooManyGroupsAreRefused() {
    assertThatThrownBy(() -> Groups.deal(items(1), 0))
        .hasMessageContaining("from 1 to 4096, got 0");
    assertThatThrownBy(() -> Groups.deal(items(1), 4097)).hasMessageContaining("got 4097");
  }

  private static List<Item> items(long... costs) {
    return LongStream.of(costs).mapToObj(Item::new).toList();
  }
}
