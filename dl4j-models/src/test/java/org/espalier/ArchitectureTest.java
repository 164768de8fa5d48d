package org.espalier;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules between packages; {@link #ARROWS} is the plan of the house. */
class ArchitectureTest {
  private static final String ROOT = "org.espalier.";

  /** What the classes of a package and of those below it may use of the others. */
  private static final Map<String, Set<String>> ARROWS =
      Map.ofEntries(
          entry("storage", Set.of("text")),
          entry("text", Set.of()),
          entry("settings", Set.of("text")),
          entry("tensor", Set.of()),
          entry("autograd", Set.of("tensor")),
          entry("network", Set.of("tensor", "autograd", "storage", "text")),
          entry("cost", Set.of("text", "settings", "network", "storage")),
          entry("report", Set.of("storage", "network")),
          entry("augment", Set.of("storage", "text", "settings", "network")),
          entry("data", Set.of("storage", "text", "settings", "tensor", "network", "augment")),
          entry(
              "training",
              Set.of(
                  "storage",
                  "text",
                  "settings",
                  "tensor",
                  "autograd",
                  "network",
                  "cost",
                  "data",
                  "augment")),
          entry(
              "search",
              Set.of(
                  "storage",
                  "text",
                  "settings",
                  "tensor",
                  "autograd",
                  "network",
                  "cost",
                  "data",
                  "augment",
                  "training",
                  "report")),
          entry(
              "latency",
              Set.of("storage", "text", "tensor", "network", "cost", "export", "search")),
          entry("export", Set.of("storage", "text", "tensor", "autograd", "network")),
          entry(
              "bench",
              Set.of(
                  "storage",
                  "text",
                  "tensor",
                  "autograd",
                  "network",
                  "cost",
                  "data",
                  "augment",
                  "export",
                  "search")));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.espalier");

  static Stream<String> packages() {
    return new TreeSet<>(ARROWS.keySet()).stream();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packagesUseOnlyWhatThePlanAllows(String name) {
    Set<String> allowed = ARROWS.get(name);
    String[] forbidden =
        packages()
            .filter(other -> !other.equals(name) && !allowed.contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyPackageIsInThePlan() {
    Set<String> found = new TreeSet<>();
    for (JavaClass javaClass : CLASSES) {
      found.add(javaClass.getPackageName().substring(ROOT.length()).replaceAll("\\..*", ""));
    }

    assertThat(ARROWS.keySet()).containsAll(found);
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void onlyTensorAndExportKnowNd4j() {
    classes()
        .that()
        .resideOutsideOfPackages(ROOT + "tensor..", ROOT + "export..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("org.nd4j..", "org.deeplearning4j..", "org.bytedeco..")
        .check(CLASSES);
  }

  @Test
  void nothingKnowsSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.spark..")
        .check(CLASSES);
  }

  @Test
  void nothingIsReadByJavaDeserialisation() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .areAssignableTo(java.io.ObjectInputStream.class)
        .check(CLASSES);
  }

  @Test
  void nothingDrawsFromASharedOrWeakGenerator() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.Random")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.util.concurrent.ThreadLocalRandom")
        .orShould()
        .callMethod(Math.class, "random")
        .check(CLASSES);
  }

  /** The rules above say nothing if the classes were not found. */
  @Test
  void theTestSawTheClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(200);
    assertThat(CLASSES.contain("org.espalier.tensor.Tensor")).isTrue();
    assertThat(CLASSES.contain("org.espalier.network.NetworkSpec")).isTrue();
  }
}
