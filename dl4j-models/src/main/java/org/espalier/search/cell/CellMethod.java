package org.espalier.search.cell;

import java.util.List;
import java.util.Optional;
import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.SearchData;
import org.espalier.search.several.SideBySide;

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
    List<CellSettings> budgets = settings.eachBudget();
    if (budgets.size() == 1) {
      return new CellSearch(settings, data.only()).whole();
    }
    return new SideBySide<>(
        budgets.stream()
            .map(
                each ->
                    new SideBySide.Member<>(
                        each.budget().describe(), new CellSearch(each, data.only()).whole()))
            .toList());
  }

  @Override
  public Optional<Alias> alias() {
    return Optional.of(
        new Alias("cells", "Search which operation each edge of a cell should have."));
  }
}
