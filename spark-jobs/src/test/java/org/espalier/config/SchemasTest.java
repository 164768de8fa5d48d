package org.espalier.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
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
      Map.of("train", TrainSettings.class, "search", SearchSettings.class);
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
        JSON.writerWithDefaultPrettyPrinter()
                .writeValueAsString(
                    SettingsSchema.of(SCHEMAS.get(name), "Configuration of espalier " + name))
            + "\n";

    if (Boolean.getBoolean("espalier.writeSchemas")) {
      Files.writeString(file, generated);
    }
    assertThat(file).content().isEqualTo(generated);
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleIsReadAndFitsItsSchema(Path example) throws IOException {
    String name = example.getFileName().toString().startsWith("train") ? "train" : "search";

    Record settings = SettingsReader.read(ConfigSource.of(example), SCHEMAS.get(name));
    String resolved = SettingsWriter.toYaml(settings);

    assertThat(problems(name, Files.readString(example))).isEmpty();
    assertThat(problems(name, resolved)).isEmpty();
    assertThat(SettingsReader.read(new ConfigSource("resolved", resolved), SCHEMAS.get(name)))
        .isEqualTo(settings);
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
    JsonNode with =
        RegistryLine.with(
            HillClimbing.class, folder, () -> SettingsSchema.of(SearchSettings.class, "search"));
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

  private static List<String> problems(String name, String yaml) throws IOException {
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(JSON.readTree(CONF.resolve("schema").resolve(name + ".json").toFile()));
    Object tree = new Yaml().load(yaml);
    return schema.validate(JSON.valueToTree(tree)).stream().map(Object::toString).toList();
  }
}
