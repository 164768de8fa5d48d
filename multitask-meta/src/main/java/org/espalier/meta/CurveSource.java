package org.espalier.meta;

import java.util.List;
import org.espalier.search.DataLoader;
import org.espalier.task.CurveFamily;
import org.espalier.task.TaskFamily;

/**
 * Curves of several shapes, whose right networks are known.
 *
 * @param families at least one
 * @param network that learns them
 */
record CurveSource(List<CurveFamily> families, CurveBackbone network) implements DomainSource {
  CurveSource {
    families = List.copyOf(families);
  }

  @Override
  public List<DomainFacts> examine(DataLoader data) {
    return families.stream()
        .map(
            each ->
                new DomainFacts(
                    each.name(), each.shots(), each.queries(), each.queries(), 0, List.of()))
        .toList();
  }

  @Override
  public Backbone backbone(DomainFacts facts) {
    return network;
  }

  @Override
  public TaskFamily tasks(DomainFacts facts, DataLoader data) {
    return families.stream()
        .filter(each -> each.name().equals(facts.name()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no family is called " + facts.name()));
  }
}
