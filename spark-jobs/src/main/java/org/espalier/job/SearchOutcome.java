package org.espalier.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
 * @param exported those of them to use, one for each data set and budget; none if no network was
 *     found
 */
record SearchOutcome(
    SearchSettings settings,
    String command,
    NamedData data,
    SearchJob.Found found,
    List<Judged> judged,
    List<Exported> exported) {

  /**
   * A final network.
   *
   * @param found what the search says of it
   * @param network itself
   * @param test how good it is
   */
  record Judged(FoundNetwork found, FinalNetwork network, EvaluationResult test) {}

  /**
   * A network to use.
   *
   * @param best which one
   * @param model its files and proofs
   */
  record Exported(Judged best, ModelFiles.Exported model) {
    /** Its folder inside the run, beside that of the first network to use. */
    String folder() {
      String purpose = best.found().purpose().toLowerCase(Locale.ROOT);
      return "found" + purpose.replace(",", "").replaceAll("[^a-z0-9]+", "-").replaceAll("-$", "");
    }
  }

  /** The first network to use. */
  Optional<Exported> first() {
    return exported.stream().findFirst();
  }

  /** The others, by the names of their folders among the artefacts; equal names get a number. */
  Map<String, Exported> others() {
    Map<String, Exported> others = new LinkedHashMap<>();
    for (Exported each : exported.stream().skip(1).toList()) {
      String name = each.folder();
      for (int number = 2; isTaken(name, others); number++) {
        name = each.folder() + "-" + number;
      }
      others.put(name, each);
    }
    return others;
  }

  private boolean isTaken(String name, Map<String, Exported> others) {
    return others.containsKey(name)
        || artefacts().stream().anyMatch(artefact -> artefact.name().equals(name));
  }

  /** All of them by their folders inside the run, the first one's first. */
  private Map<String, Exported> folders() {
    Map<String, Exported> folders = new LinkedHashMap<>();
    first().ifPresent(each -> folders.put("model", each));
    others().forEach((name, each) -> folders.put("artefacts/" + name, each));
    return folders;
  }

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
    first().ifPresent(each -> outcome.put("exported", judged.indexOf(each.best())));
    if (exported.size() > 1) {
      outcome.put("models", models());
    }
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

  /** The folder of each model inside the run, with the index of its network. */
  private List<Map<String, Object>> models() {
    List<Map<String, Object>> models = new ArrayList<>();
    folders()
        .forEach(
            (folder, each) ->
                models.add(Map.of("folder", folder, "network", judged.indexOf(each.best()))));
    return models;
  }

  private List<ExportProof> proofs() {
    return exported.stream().flatMap(each -> each.model().proofs().stream()).toList();
  }

  private List<String> problems() {
    return exported.stream().flatMap(each -> each.model().problems().stream()).toList();
  }

  private static Map<String, Object> toMap(Judged judged) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("role", judged.found().role());
    map.put("number", judged.found().number());
    purpose(judged.found(), map);
    if (!judged.found().description().isEmpty()) {
      map.put("description", judged.found().description());
    }
    map.putAll(Outcomes.network(judged.network(), judged.test()));
    map.put("validationAccuracyPercent", 100 * judged.found().validationAccuracy());
    map.put("plannedSearchMacs", judged.found().work().search());
    map.put("plannedTrainingMacs", judged.found().work().training());
    return map;
  }

  /** What a network is for, where there are several. */
  static void purpose(FoundNetwork network, Map<String, Object> map) {
    if (!network.data().isEmpty()) {
      map.put("dataSet", network.data());
    }
    if (!network.within().isEmpty()) {
      map.put("budget", network.within());
    }
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
    folders()
        .forEach(
            (folder, each) -> {
              String proved = Outcomes.proved(each.model().proofs());
              lines.add(
                  exported.size() > 1
                      ? "%s, found%s: %s".formatted(folder, each.best().found().purpose(), proved)
                      : proved);
            });
    lines.add(times.describe());
    return new JobSummary(lines, problems());
  }
}
