package org.espalier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** What ND4J's jars hold of others under names of their own is listed, version by version. */
class ShadedComponentsTest {
  private static final Path LIST = Path.of("../conf/build/shaded-components.json");
  private static final Path BILL = Path.of("../target/espalier-sbom.json");

  @Test
  void theListHoldsWhatTheJarsSay() throws IOException {
    TreeSet<String> held = new TreeSet<>();
    List<String> jars =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(path -> path.matches(".*/org/nd4j/.*\\.jar"))
            .toList();
    for (String jar : jars) {
      held.addAll(shaded(jar));
    }

    assertThat(held).hasSizeGreaterThan(15);
    assertThat(listed(LIST, "")).isEqualTo(held);
  }

  @Test
  void eachSaysWhetherItIsReached() throws IOException {
    for (JsonNode component : new ObjectMapper().readTree(LIST.toFile())) {
      assertThat(component.path("description").asText())
          .matches("Shaded within org\\.nd4j:\\S+ .*([Rr]eached|Annotations only|Empty).*");
      assertThat(component.path("licenses")).isNotEmpty();
    }
  }

  @Test
  void theBillOfMaterialsHoldsTheList() throws IOException {
    assumeTrue(Files.exists(BILL), "the root project was not built before");

    assertThat(listed(BILL, "components")).containsAll(listed(LIST, ""));
    assertThat(new ObjectMapper().readTree(BILL.toFile()).path("bomFormat").asText())
        .isEqualTo("CycloneDX");
  }

  private static Set<String> shaded(String path) throws IOException {
    TreeSet<String> found = new TreeSet<>();
    try (JarFile jar = new JarFile(path)) {
      for (JarEntry entry : Collections.list(jar.entries())) {
        if (entry.getName().matches("META-INF/maven/(?!org\\.nd4j/).*/pom\\.properties")) {
          Properties properties = new Properties();
          properties.load(jar.getInputStream(entry));
          found.add(
              "%s:%s:%s within %s"
                  .formatted(
                      properties.getProperty("groupId"),
                      properties.getProperty("artifactId"),
                      properties.getProperty("version"),
                      new File(path).getName().replaceFirst("-[0-9].*", "")));
        }
      }
    }
    return found;
  }

  private static Set<String> listed(Path file, String field) throws IOException {
    JsonNode json = new ObjectMapper().readTree(file.toFile());
    TreeSet<String> found = new TreeSet<>();
    StreamSupport.stream((field.isEmpty() ? json : json.path(field)).spliterator(), false)
        .filter(each -> each.path("bom-ref").asText().contains("#within-"))
        .forEach(
            each ->
                found.add(
                    "%s:%s:%s within %s"
                        .formatted(
                            each.path("group").asText(),
                            each.path("name").asText(),
                            each.path("version").asText(),
                            each.path("bom-ref").asText().replaceFirst(".*#within-", ""))));
    return found;
  }
}
