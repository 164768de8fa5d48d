package org.espalier.search.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.espalier.search.Search;
import org.espalier.search.WorkItem;
import org.espalier.search.finals.FinalsSearch;
import org.espalier.search.finals.Stretch;
import org.espalier.search.finals.Training;
import org.espalier.search.method.Method;
import org.espalier.search.method.SearchData;
import org.espalier.search.several.SideBySide;
import org.espalier.search.trials.TrialSearch;
import org.espalier.search.trials.TrialState;

/** Cell search, as the program knows it. */
public final class CellMethod implements Method<CellSettings> {
  @Override
  public String key() {
    return "cells";
  }

  @Override
  public String title() {
    return "Cell search";
  }

  @Override
  public Class<CellSettings> settings() {
    return CellSettings.class;
  }

  @Override
  public Search<?, ?, ?, ?> search(CellSettings settings, SearchData data) {
    String images = data.only();
    return settings.trials().given()
        ? within(settings.eachBudget(), each -> trials(each, images))
        : within(settings.eachBudget(), each -> new CellSearch(each, images).whole());
  }

  static FinalsSearch<TrialState, TrialSearch.NoView, Stretch, Training.Standing> trials(
      CellSettings settings, String data) {
    return new TrialSearch(
            settings.trials(),
            (input, classes) -> new CellTrials(settings, new CellState.Images(input, classes)),
            settings.budget(),
            settings.finals(),
            data)
        .whole(settings.finals());
  }

  /** A search for each budget and seed. */
  private static <S, V, W extends WorkItem, R> Search<?, ?, ?, ?> within(
      List<CellSettings> budgets, Function<CellSettings, Search<S, V, W, R>> search) {
    List<SideBySide.Member<S, V, W, R>> members = new ArrayList<>();
    for (CellSettings each : budgets) {
      String budget = each.budget().describe();
      for (int later = 0; later < each.searches(); later++) {
        String name = later == 0 ? budget : "%s, seed + %s".formatted(budget, later);
        members.add(new SideBySide.Member<>(name, later, search.apply(each)));
      }
    }
    return members.size() == 1 ? members.get(0).search() : new SideBySide<>(members);
  }

  @Override
  public Optional<Alias> alias() {
    return Optional.of(
        new Alias("cells", "Search which operation each edge of a cell should have."));
  }
}
