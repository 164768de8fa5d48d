package org.espalier.spark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.SparkConf;

/** What a standalone cluster has, as the page of its master says. */
final class StandaloneOffer {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Pattern VERSION =
      Pattern.compile("class=\"version[^\"]*\"[^>]*>\\s*([0-9]+\\.[0-9]+\\.[0-9]+[^<\\s]*)");
  private static final String DEFAULT_PORT = "8080";

  private StandaloneOffer() {}

  /** A sentence or more for people; says so if the page cannot be read. */
  static String describe(String master, SparkConf configuration) {
    if (!master.startsWith(StandaloneMaster.SCHEME)) {
      return "Ask the cluster's manager what is free, and give less --executor-memory if need be.";
    }
    List<String> tried = new ArrayList<>();
    String port = configuration.get("spark.master.ui.port", DEFAULT_PORT);
    for (String address : master.substring(StandaloneMaster.SCHEME.length()).split(",", -1)) {
      String page = "http://" + address.replaceFirst(":[0-9]+$", "") + ":" + port;
      Optional<String> state = get(page + "/json/");
      if (state.isPresent()) {
        return text(state.get(), version(get(page + "/").orElse("")));
      }
      tried.add(page);
    }
    return "The master's page does not answer at %s (its port is spark.master.ui.port), so what the cluster has is not known: see that workers are registered, have that much free, and run Spark %s as the driver does."
        .formatted(String.join(", ", tried), SparkVersions.own());
  }

  /**
   * The version of a cluster.
   *
   * @param conf of Spark, which may say at which port the master's page is
   * @return empty if no page answers, or it is that of another master
   */
  static Optional<String> version(String master, Map<String, String> conf) {
    String port = conf.getOrDefault("spark.master.ui.port", DEFAULT_PORT);
    for (String address : master.substring(StandaloneMaster.SCHEME.length()).split(",", -1)) {
      String page = "http://" + address.replaceFirst(":[0-9]+$", "") + ":" + port;
      Optional<String> state =
          get(page + "/json/").filter(json -> ofMaster(json, address.replaceFirst(".*:", ":")));
      if (state.isPresent()) {
        return version(get(page + "/").orElse(""));
      }
    }
    return Optional.empty();
  }

  /** Hosts have several names, so only the port is compared. */
  private static boolean ofMaster(String json, String port) {
    try {
      return new ObjectMapper().readTree(json).path("url").asText().endsWith(port);
    } catch (IOException e) {
      return false;
    }
  }

  /** The version of Spark in the head of a page of it. */
  static Optional<String> version(String html) {
    Matcher matcher = VERSION.matcher(html);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  static String text(String json, Optional<String> version) {
    JsonNode state;
    try {
      state = new ObjectMapper().readTree(json);
    } catch (IOException e) {
      return "The master's page cannot be understood: " + e.getMessage() + ".";
    }
    int workers = 0;
    int cores = 0;
    int freeCores = 0;
    long mostFree = 0;
    int gpus = 0;
    for (JsonNode worker : state.path("workers")) {
      if (worker.path("state").asText().equals("ALIVE")) {
        workers++;
        cores += worker.path("cores").asInt();
        freeCores += worker.path("coresfree").asInt();
        mostFree = Math.max(mostFree, worker.path("memoryfree").asLong());
        gpus += addresses(worker.path("resourcesfree"));
      }
    }
    String own =
        version
            .filter(theirs -> !theirs.equals(SparkVersions.own()))
            .map(
                theirs ->
                    " It runs Spark %s, the driver Spark %s: they must be the same."
                        .formatted(theirs, SparkVersions.own()))
            .orElse("");
    if (workers == 0) {
      return "The cluster has no workers that are alive." + own;
    }
    int others = Math.max(0, state.path("activeapps").size() - 1);
    return String.format(
            Locale.ROOT,
            "The cluster has %d worker%s, %d of %d cores free, at most %,d MB free on one of them, %d"
                + " GPUs free, and %d other application%s.",
            workers,
            workers == 1 ? "" : "s",
            freeCores,
            cores,
            mostFree,
            gpus,
            others,
            others == 1 ? "" : "s")
        + own;
  }

  private static int addresses(JsonNode resources) {
    return resources.path("gpu").path("addresses").size();
  }

  private static Optional<String> get(String page) {
    HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    try {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(URI.create(page)).timeout(PATIENCE).build(),
              HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? Optional.of(answer.body()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
