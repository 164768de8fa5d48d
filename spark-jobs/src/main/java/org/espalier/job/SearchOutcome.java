package org.espalier.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.cost.NetworkCost;
import org.espalier.export.ExportProof;
import org.espalier.run.RunResult;
import org.espalier.search.Artefact;
import org.espalier.search.FoundNetwork;
import org.espalier.training.EvaluationResult;

/**
 * What a search came to.
 *
 * @param settings of the job
 * @param command as the person called it
 * @param data it learned from
 * @param found what the search says
 * @param judged the trained networks with their test figures, the found ones first
 * @param exported the one of them to use, if a network was found
 */
record SearchOutcome(
    SearchSettings settings,
    String command,
    NamedData data,
    SearchJob.Found found,
    List<Judged> judged,
    Optional<Exported> exported) {

  /**
   * A final network.
   *
   * @param found what the search says of it
   * @param network itself
   * @param test how good it is
   */
  record Judged(FoundNetwork found, FinalNetwork network, EvaluationResult test) {}

  /**
   * The network to use.
   *
   * @param best which one
   * @param model its files and proofs
   */
  record Exported(Judged best, ModelFiles.Exported model) {}

  List<Artefact> artefacts() {
    return found.result().artefacts();
  }

  RunResult toRunResult(Duration wall, RoundTimes times) {
    Map<String, Object> outcome = new LinkedHashMap<>();
    outcome.put("method", settings.method().key());
    outcome.put("seed", settings.seed());
    outcome.putAll(data.outcome());
    outcome.put("platform", found.platform());
    outcome.put("state", found.state());
    exported.ifPresent(each -> outcome.put("exported", judged.indexOf(each.best())));
    outcome.put("roles", RoleFigures.of(judged).stream().map(RoleFigures::toMap).toList());
    outcome.put("networks", judged.stream().map(SearchOutcome::toMap).toList());
    if (!artefacts().isEmpty()) {
      outcome.put("artefacts", artefacts().stream().map(ArtefactFiles::outcome).toList());
    }
    if (!found.result().remarks().isEmpty()) {
      outcome.put("remarks", found.result().remarks());
    }
    Map<String, Object> circumstances = Outcomes.circumstances(command, wall, proofs(), problems());
    circumstances.putAll(times.toMap());
    return new RunResult(outcome, circumstances);
  }

  private List<ExportProof> proofs() {
    return exported.map(each -> each.model().proofs()).orElseGet(List::of);
  }

  private List<String> problems() {
    return exported.map(each -> each.model().problems()).orElseGet(List::of);
  }

  private static Map<String, Object> toMap(Judged judged) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", judged.found().role());
    map.put("number", judged.found().number());
    if (!judged.found().data().isEmpty()) {
      map.put("dataSet", judged.found().data());
    }
    if (!judged.found().description().isEmpty()) {
      map.put("description", judged.found().description());
    }
    map.putAll(Outcomes.network(judged.network(), judged.test()));
    map.put("validationAccuracyPercent", 100 * judged.found().validationAccuracy());
    map.put("plannedSearchMacs", judged.found().work().search());
    map.put("plannedTrainingMacs", judged.found().work().training());
    return map;
  }

  JobSummary summary(RoundTimes times) {
    List<String> lines = new ArrayList<>();
    for (RoleFigures role : RoleFigures.of(judged)) {
      lines.add(
          "%s: test accuracy %s on %s images%s, %s MACs, %s parameters"
              .formatted(
                  role.role(),
                  role.testAccuracy(),
                  Amounts.count(role.networks().get(0).test().examples()),
                  role.networks().size() == 1
                      ? ""
                      : " (%s seeds)".formatted(role.networks().size()),
                  role.range(each -> NetworkCost.of(each.network().spec()).macs()),
                  role.range(each -> NetworkCost.of(each.network().spec()).parameters())));
    }
    for (Artefact artefact : artefacts()) {
      lines.add(
          "%s: a %s of %s, in artefacts/%s"
              .formatted(
                  artefact.name(),
                  artefact.kind(),
                  Amounts.bytes(ArtefactFiles.bytes(artefact)),
                  artefact.name()));
    }
    exported.ifPresent(each -> lines.add(Outcomes.proved(each.model().proofs())));
    lines.add(times.describe());
    return new JobSummary(lines, problems());
  }
}
