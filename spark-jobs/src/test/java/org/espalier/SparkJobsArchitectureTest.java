package org.espalier;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.equivalentTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkStatusTracker;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The rules between the packages of this module. */
class SparkJobsArchitectureTest {
  private static final String ROOT = "org.espalier.";

  /** What each package may use of the others here. */
  private static final Map<String, Set<String>> ARROWS =
      Map.of(
          "config", Set.of(),
          "run", Set.of(),
          "report.html", Set.of(),
          "spark", Set.of(),
          "launch", Set.of("config"),
          "job", Set.of("config", "run", "report.html", "spark"),
          "frame", Set.of("spark"),
          "study", Set.of("spark"),
          "cli", Set.of("config", "run", "spark", "launch", "job", "frame", "study"));

  /** What {@link Math} need not round to the nearest, so that JVMs may differ. */
  private static final String INEXACT =
      "a?(sin|cos|tan)h?|atan2|exp|expm1|log|log10|log1p|pow|cbrt|hypot";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .importPackages("org.espalier");

  static Stream<String> packages() {
    return ARROWS.keySet().stream().sorted();
  }

  @ParameterizedTest
  @MethodSource("packages")
  void packagesUseOnlyWhatThePlanAllows(String name) {
    String[] forbidden =
        packages()
            .filter(other -> !other.equals(name) && !ARROWS.get(name).contains(other))
            .map(other -> ROOT + other + "..")
            .toArray(String[]::new);

    noClasses()
        .that()
        .resideInAPackage(ROOT + name + "..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(CLASSES);
  }

  @Test
  void onlySparkKnowsSpark() {
    classes()
        .that()
        .resideOutsideOfPackage(ROOT + "spark..")
        .should()
        .onlyDependOnClassesThat()
        .resideOutsideOfPackages("org.apache.spark..", "scala..")
        .check(CLASSES);
  }

  /** Of all modules: reports draw, and round what they draw. */
  @Test
  void resultsUseNoFunctionsThatDependOnTheVirtualMachine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + "report.html..")
        .should()
        .accessTargetWhere(
            target(owner(equivalentTo(Math.class))).and(target(nameMatching(INEXACT))))
        .check(CLASSES);
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

  /** Spark 4.1 has it in Scala's class alone. */
  @Test
  void nothingCallsWhatTheOldestSparkLacks() {
    noClasses()
        .should()
        .callMethod(JavaSparkStatusTracker.class, "getExecutorInfos")
        .check(CLASSES);
  }

  @Test
  void nothingBelowKnowsThisModule() {
    noClasses()
        .that()
        .resideOutsideOfPackages(packages().map(name -> ROOT + name + "..").toArray(String[]::new))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages().map(name -> ROOT + name + "..").toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void noPackagesUseEachOtherInACircle() {
    slices().matching(ROOT + "(**)").should().beFreeOfCycles().check(CLASSES);
  }

  /** The rules above say nothing if the classes were not found. */
  @Test
  void theTestSawTheClasses() {
    assertThat(CLASSES.size()).isGreaterThanOrEqualTo(250);
    assertThat(CLASSES.contain("org.espalier.cli.Main")).isTrue();
    assertThat(CLASSES.contain("org.espalier.tensor.Tensor")).isTrue();
  }
}
