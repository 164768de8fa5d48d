package org.espalier.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.espalier.run.FinishedRun;
import org.espalier.run.RunResult;
import org.espalier.search.FoundNetwork;
import org.espalier.text.InputException;

/**
 * What a run came to, for programs: the same whether it has just been done or long ago. The keys
 * are those of {@code docs/programs.md}.
 */
public final class RunSummary {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACCURACY = "testAccuracyPercent";

  private static final List<String> OF_NETWORK =
      List.of(
          "name",
          "description",
          "dataSet",
          "budget",
          "macs",
          "parameters",
          "bytes",
          "peakActivationBytes",
          "testImages");

  /** By what they are called in a summary. */
  private static final Map<String, String> FILES =
      new TreeMap<>(
          Map.of(
              "candidates", "candidates.jsonl",
              "config", "config.yaml",
              "dl4j", "model/model-dl4j.zip",
              "onnx", "model/model.onnx",
              "report", "report.html",
              "result", "result.json"));

  private final ObjectNode json;

  private RunSummary(ObjectNode json) {
    this.json = json;
  }

  /** The summary itself. */
  public JsonNode json() {
    return json;
  }

  /** What the run is known by. */
  public String fingerprint() {
    return json.path("fingerprint").asText();
  }

  /** What is wrong with the exports of the run, for people; usually nothing. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    json.path("problems").forEach(each -> problems.add(each.asText()));
    return problems;
  }

  /**
   * The summary of a run.
   *
   * @throws InputException if its result is no JSON
   */
  public static RunSummary of(FinishedRun run) {
    JsonNode result;
    try {
      result = JSON.readTree(run.result());
    } catch (JsonProcessingException e) {
      throw new InputException(
          run.location() + "/result.json is damaged; --fresh would begin the run anew", e);
    }
    JsonNode outcome = result.path("outcome");
    ObjectNode summary = JSON.createObjectNode();
    summary.put("command", command(result));
    summary.put("run", run.location());
    summary.set("fingerprint", result.path("fingerprint"));
    copy(outcome, summary, List.of("method", "seed"));
    JsonNode network = RunResult.handedOver(outcome);
    if (!network.isMissingNode()) {
      summary.set("network", network(network, outcome));
    }
    ArrayNode baselines = summary.putArray("baselines");
    ArrayNode others = JSON.createArrayNode();
    for (JsonNode role : outcome.path("roles")) {
      if (!isFound(role)) {
        baselines.add(role(role));
      } else if (!isOf(role, network)) {
        others.add(role(role).put("model", run.location() + "/" + folder(role, outcome)));
      }
    }
    if (!others.isEmpty()) {
      summary.set("others", others);
    }
    if (outcome.has("artefacts")) {
      ArrayNode artefacts = summary.putArray("artefacts");
      outcome.path("artefacts").forEach(each -> artefacts.add(artefact(each, run.location())));
    }
    summary.set("files", files(run));
    ArrayNode problems = summary.putArray("problems");
    result.path("circumstances").path(Outcomes.PROBLEMS).forEach(problems::add);
    return new RunSummary(summary);
  }

  /** Runs of an older program have it beside what counts for the fingerprint. */
  private static String command(JsonNode result) {
    return result
        .path("circumstances")
        .path("command")
        .asText(result.path("outcome").path("command").asText());
  }

  private static ObjectNode network(JsonNode network, JsonNode outcome) {
    ObjectNode summary = JSON.createObjectNode();
    copy(network, summary, OF_NETWORK);
    for (JsonNode role : outcome.path("roles")) {
      if (isFound(role) && isOf(role, network)) {
        summary.set(ACCURACY, role.path(ACCURACY));
        summary.set("seeds", role.path("seeds"));
        return summary;
      }
    }
    // Of a training there is one.
    summary
        .putObject(ACCURACY)
        .put("mean", network.path(ACCURACY).asDouble())
        .put("deviation", 0.0);
    return summary.put("seeds", 1);
  }

  private static boolean isFound(JsonNode role) {
    return role.path("role").asText().equals(FoundNetwork.FOUND);
  }

  private static boolean isOf(JsonNode role, JsonNode network) {
    return role.path("dataSet").asText().equals(network.path("dataSet").asText())
        && role.path("budget").asText().equals(network.path("budget").asText());
  }

  /** Where in the run the model of a role that was found is. */
  private static String folder(JsonNode role, JsonNode outcome) {
    for (JsonNode model : outcome.path("models")) {
      if (isOf(role, outcome.path("networks").path(model.path("network").asInt()))) {
        return model.path("folder").asText();
      }
    }
    return "model";
  }

  private static ObjectNode role(JsonNode role) {
    ObjectNode summary = JSON.createObjectNode();
    copy(role, summary, List.of("role", "dataSet", "budget"));
    summary.put("macs", role.at("/macs/mean").asDouble());
    summary.put("parameters", role.at("/parameters/mean").asDouble());
    copy(role, summary, List.of(ACCURACY, "seeds"));
    return summary;
  }

  private static ObjectNode artefact(JsonNode artefact, String location) {
    ObjectNode summary = JSON.createObjectNode();
    copy(artefact, summary, List.of("kind", "name", "version"));
    return summary.put("folder", location + "/artefacts/" + artefact.path("name").asText());
  }

  private static ObjectNode files(FinishedRun run) {
    ObjectNode summary = JSON.createObjectNode();
    FILES.forEach(
        (key, name) -> {
          if (run.files().contains(name)) {
            summary.put(key, run.location() + "/" + name);
          }
        });
    if (run.files().stream().anyMatch(name -> name.startsWith("model/"))) {
      summary.put("model", run.location() + "/model");
    }
    return summary;
  }

  private static void copy(JsonNode from, ObjectNode to, List<String> keys) {
    keys.stream().filter(from::has).forEach(key -> to.set(key, from.path(key)));
  }
}
