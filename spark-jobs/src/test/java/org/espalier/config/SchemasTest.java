package org.espalier.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.espalier.job.AdaptSettings;
import org.espalier.job.RegistryLine;
import org.espalier.job.SearchSettings;
import org.espalier.job.TrainSettings;
import org.espalier.toy.HillClimbing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yaml.snakeyaml.Yaml;

/**
 * The schemas under {@code conf/schema}. After a change of settings they are written anew by {@code
 * mvn -pl spark-jobs -am test -Dtest=SchemasTest -Despalier.writeSchemas=true
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
class SchemasTest {
  private static final Path CONF = Path.of("../conf");
  private static final Map<String, Class<? extends Record>> SCHEMAS =
      Map.of(
          "adapt",
          AdaptSettings.class,
          "train",
          TrainSettings.class,
          "search",
          SearchSettings.class);
  private static final String METHOD = "randomWidths: {budget: {macs: 1}}, ";
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<String> schemas() {
    return SCHEMAS.keySet().stream().sorted();
  }

  static Stream<Path> examples() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void thePublishedSchemaIsThatOfTheRecords(String name) throws IOException {
    Path file = CONF.resolve("schema").resolve(name + ".json");
    String generated =
        JSON.writerWithDefaultPrettyPrinter().writeValueAsString(schema(name)) + "\n";

    if (Boolean.getBoolean("espalier.writeSchemas")) {
      Files.writeString(file, generated);
    }
    assertThat(file).content().isEqualTo(generated);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsReadAndFitsItsSchema(Path example) throws IOException {
    String name = commandOf(example);

    Record settings = SettingsReader.read(ConfigSource.of(example), SCHEMAS.get(name));
    String resolved = SettingsWriter.toYaml(settings);

    assertThat(problems(name, Files.readString(example))).isEmpty();
    assertThat(problems(name, resolved)).isEmpty();
    assertThat(SettingsReader.read(new ConfigSource("resolved", resolved), SCHEMAS.get(name)))
        .isEqualTo(settings);
  }

  @ParameterizedTest
  @MethodSource("schemas")
  void everyNumberOfASchemaHasARange(String name) throws IOException {
    List<String> without = new ArrayList<>();
    int numbers = numbers("", schema(name), without);

    assertThat(numbers).isGreaterThan(40);
    assertThat(without).isEmpty();
  }

  /** Counts the numbers below a node, and collects the places of those without a bound. */
  private static int numbers(String place, JsonNode node, List<String> without) {
    int count = 0;
    String type = node.path("type").asText();
    if (type.equals("integer") || type.equals("number")) {
      count++;
      boolean bounded =
          Stream.of("minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum")
              .anyMatch(node::has);
      if (!bounded) {
        without.add(place);
      }
    }
    for (Map.Entry<String, JsonNode> each : node.properties()) {
      count += numbers(place + "/" + each.getKey(), each.getValue(), without);
    }
    return count;
  }

  static Stream<String> wrongTrainings() {
    String rest = "data: {format: digits}, network: {type: readyMade, family: plain}";
    return Stream.of(
            "training: {epochs: -4}",
            "training: {epochs: 0}",
            "training: {epochs: 2.5}",
            "training: {epochs: many}",
            "training: {epochs: 2147483647}",
            "training: {batchSize: 0}",
            "training: {batchSize: 1000000}",
            "training: {epoch: 3}",
            "training: {optimiser: {type: sgd, learningRate: 0}}",
            "training: {optimiser: {type: sgd, learningRate: -0.1}}",
            "training: {optimiser: {type: sgd, momentum: 1}}",
            "training: {optimiser: {type: rmsprop}}",
            "training: {optimiser: {type: adam, beta1: -0.1}}",
            "training: {optimiser: {type: adam, epsilon: 0}}",
            "training: {schedule: {type: cosine, floor: 1.5}}",
            "training: {schedule: {type: step, milestones: [0]}}",
            "training: {schedule: {type: step, factor: 1}}",
            "training: {regularisation: {dropPath: 2}}",
            "training: {regularisation: {weightDecay: -1}}",
            "training: {regularisation: {labelSmoothing: 1}}",
            "training: {augmentation: {cutout: -1}}",
            "training: {augmentation: {cropPadding: 5000}}",
            "training: {augmentation: {fill: 256}}",
            "training: {augmentation: {policy: {type: randAugment, magnitude: 31}}}",
            "training: {augmentation: {policy: {type: autoAugment, learnedOn: mnist}}}",
            "training: {earlyStopping: {patience: -1}}",
            "split: {testShare: 1}",
            "split: {validationShare: -0.1}",
            "split: {method: random}",
            "evaluation: {k: 0}",
            "evaluation: {mistakes: -1}",
            "evaluation: {batchSize: 0}",
            "export: {batch: -1}",
            "export: {batch: 2147483647}",
            "export: {proofImages: 0}",
            "export: {layout: chw}",
            "seed: 9223372036854775808",
            "seed: one",
            "checkpointSeconds: 0",
            "reproducible: 2")
        .map(wrong -> "{%s, %s}".formatted(rest, wrong));
  }

  @ParameterizedTest
  @MethodSource("wrongTrainings")
  void whatATrainingCannotBeIsRefusedByReaderAndSchema(String wrong) throws IOException {
    assertThat(problems("train", wrong)).isNotEmpty();
    assertThatThrownBy(() -> SettingsReader.read(new ConfigSource("x", wrong), TrainSettings.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(lastKey(wrong));
  }

  private static String lastKey(String yaml) {
    return yaml.replaceAll("(?s).*\\b(\\w+):.*", "$1");
  }

  static Stream<String> wrongSearches() {
    return Stream.of(
        "groups: 0",
        "groups: 100000",
        "startSeconds: 0",
        "checkpointSeconds: -1",
        "randomWidths: {budget: {macs: -1}}",
        "randomWidths: {budget: {limits: [{resource: {type: macs}, most: 0}]}}",
        "randomWidths: {budget: {macs: 1}, candidates: 0}",
        "randomWidths: {budget: {macs: 1}, candidates: 2147483647}",
        "randomWidths: {budget: {macs: 1}, retrainings: -1}",
        "randomWidths: {budget: {macs: 1}, itemWork: 0}",
        "randomWidths: {budget: {macs: 1}, choices: {multiple: 0}}",
        "randomWidths: {budget: {macs: 1}, choices: {shares: [0]}}",
        "randomWidths: {budget: {macs: 1}, choices: {shares: [17]}}",
        "randomWidths: {budget: {macs: 1}, choices: {widths: [0]}}",
        "randomWidths: {budget: {macs: 1}, choices: {layers: {conv1: [70000]}}}",
        "affineSharing: {budget: {macs: 1}, sharing: {type: overlap, share: 2}}",
        "affineSharing: {budget: {macs: 1}, policy: {type: lstm, layers: 3}}",
        "affineSharing: {budget: {macs: 1}, policy: {type: lstm, costExponent: 0.1}}",
        "affineSharing: {budget: {macs: 1}, policy: {type: gumbel, temperature: 0}}",
        "affineSharing: {budget: {macs: 1}, policy: {type: gumbel, learningRate: 0}}",
        "affineSharing: {budget: {macs: 1}, policy: {type: relax, hidden: 0}}",
        "affineSharing: {budget: {macs: 1}, supernet: {warmUp: 1.1}}",
        "affineSharing: {budget: {macs: 1}, supernet: {workFactor: 0.9}}",
        "affineSharing: {budget: {macs: 1}, supernet: {rounds: 0}}",
        "affineSharing: {budget: {macs: 1}, ranking: {winners: 2147483647}}",
        "affineSharing: {budget: {macs: 1}, ranking: {leastShare: 1}}",
        "affineSharing: {budget: {macs: 1}, ranking: {tuning: {steps: 0}}}");
  }

  @ParameterizedTest
  @MethodSource("wrongSearches")
  void whatASearchCannotBeIsRefusedByReaderAndSchema(String wrong) throws IOException {
    String method = wrong.contains("budget") ? "" : METHOD;
    String yaml = "{data: {format: digits}, %s%s}".formatted(method, wrong);

    assertThat(problems("search", yaml)).isNotEmpty();
    assertThatThrownBy(() -> SettingsReader.read(new ConfigSource("x", yaml), SearchSettings.class))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(lastKey(wrong));
  }

  @Test
  void aSchemaRefusesWhatTheReaderRefuses() throws IOException {
    assertThat(problems("train", "{data: {format: digits}}")).anyMatch(p -> p.contains("network"));
    assertThat(problems("search", "{data: {format: digits}, randomWidths: {budget: {macs: x}}}"))
        .anyMatch(problem -> problem.contains("macs"));
    assertThat(problems("search", "{data: {format: digits}, randomWidths: {budget: {}}}"))
        .anyMatch(problem -> problem.contains("macs"))
        .anyMatch(problem -> problem.contains("parameters"));
    assertThat(
            problems(
                "search", "{dat: 1, data: {format: digits}, randomWidths: {budget: {macs: 1}}}"))
        .anyMatch(problem -> problem.contains("dat"));
    assertThat(problems("search", "{data: {format: digits}}"))
        .anyMatch(problem -> problem.contains("randomWidths"));
    assertThat(problems("search", "{randomWidths: {budget: {macs: 1}}}"))
        .anyMatch(problem -> problem.contains("dataSets"));
    assertThat(
            problems(
                "search",
                "{dataSets: {a: {format: digits}, b: {format: cifar10, path: p}}, randomWidths:"
                    + " {budget: {macs: 1}}}"))
        .isEmpty();
  }

  @Test
  void aRegisteredMethodHasItsSection(@TempDir Path folder) throws Exception {
    JsonNode with = RegistryLine.with(HillClimbing.class, folder, () -> schema("search"));
    JsonNode without = JSON.readTree(CONF.resolve("schema/search.json").toFile());

    assertThat(with.at("/properties/hillClimbing/description").asText())
        .isEqualTo("Hill climbing over widths");
    JsonNode settings = with.at("/$defs/HillClimbingSettings");
    assertThat(settings.at("/properties/attempts/default").asInt()).isEqualTo(4);
    assertThat(settings.at("/properties/retrain/description").asText()).isNotBlank();
    assertThat(settings.get("required")).extracting(JsonNode::asText).containsExactly("budget");
    assertThat(without.toString()).doesNotContainIgnoringCase("hillClimbing");
  }

  @Test
  void everyKeyOfASchemaIsDescribed() throws IOException {
    for (String name : SCHEMAS.keySet()) {
      JsonNode schema = JSON.readTree(CONF.resolve("schema").resolve(name + ".json").toFile());
      List<JsonNode> descriptions = schema.findValues("description");

      assertThat(descriptions).hasSizeGreaterThan(30);
      assertThat(descriptions).noneMatch(description -> description.asText().isBlank());
    }
  }

  private static ObjectNode schema(String name) throws IOException {
    List<Path> files = examples().filter(file -> commandOf(file).equals(name)).toList();
    return SettingsSchema.of(SCHEMAS.get(name), name, Examples.in(SCHEMAS.get(name), files));
  }

  private static String commandOf(Path example) {
    return example.getFileName().toString().startsWith("train") ? "train" : "search";
  }

  private static List<String> problems(String name, String yaml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(JSON.readTree(CONF.resolve("schema").resolve(name + ".json").toFile()));
    Object tree = new Yaml().load(yaml);
    return schema.validate(JSON.valueToTree(tree)).stream().map(Object::toString).toList();
  }
}
