package org.espalier.meta;

import java.util.List;
import org.espalier.report.Section;
import org.espalier.search.Artefact;
import org.espalier.search.DataLoader;
import org.espalier.task.TaskFamily;

/**
 * Where the families of a mixture come from. Made of settings alone, so that every executor has the
 * same one.
 */
interface DomainSource {
  /**
   * Looks at the data.
   *
   * @return one for each family, in an order of their own
   * @throws org.espalier.text.InputException if tasks cannot be drawn of the data
   */
  List<DomainFacts> examine(DataLoader data);

  /** The networks for a family. */
  Backbone backbone(DomainFacts facts);

  /** The tasks of a family. */
  TaskFamily tasks(DomainFacts facts, DataLoader data);

  /** What is handed over of who has learned. */
  default List<Artefact> artefacts(
      List<DomainFacts> families, MetaState.Learner learner, List<Section> sections) {
    return List.of();
  }

  /** All of a family. */
  default Domain domain(DomainFacts facts, DataLoader data) {
    return new Domain(facts, tasks(facts, data), backbone(facts));
  }
}
