package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a clone of its own, with programs in place of Java and Maven that say how they
 * were called.
 */
class LauncherIT {
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then
        echo 'openjdk version "%s" 2025-01-01' >&2
        exit 0
      fi
      echo "threads $OMP_NUM_THREADS"
      echo "locale ${LC_ALL:-${LC_CTYPE:-${LANG:-}}}"
      for argument; do echo "argument $argument"; done
      exit 42
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "[INFO] Downloading from central: https://host/a.jar"
      echo "Downloaded from central: https://host/a.jar (2.4 MB at 31 MB/s)"
      echo "[INFO] Downloaded from central: https://host/b.pom (1.5 kB at 98 kB/s)"
      echo "[INFO] Downloaded from central: https://host/c.jar (11 MB at 1.0 MB/s)"
      echo "[INFO] Building maven $*          [1/1]"
      echo "[WARNING] a warning"
      repository=${PWD%/*}/repository
      mkdir -p spark-jobs/target/classpath multitask-meta/target dl4j-models/target "$repository"
      echo "$repository/lib.jar" > spark-jobs/target/classpath/espalier
      echo "$repository/spark.jar" > spark-jobs/target/classpath/spark
      touch "$repository/lib.jar" "$repository/spark.jar"
      for module in spark-jobs multitask-meta dl4j-models; do
        touch "$module/target/$module.jar"
      done
      """;

  @TempDir Path folder;
  private Path bin;

  @BeforeEach
  void makeClone() throws IOException {
    bin = Files.createDirectories(folder.resolve("bin"));
    for (String tool :
        new String[] {
          "dirname", "readlink", "sed", "head", "find", "cat", "touch", "id", "mkdir", "tr"
        }) {
      program(tool, "#!/bin/sh\nexec " + which(tool) + " \"$@\"\n");
    }
    for (String name : new String[] {"submit", "conf", "spark-jobs/src/main"}) {
      Files.createDirectories(folder.resolve("a clone").resolve(name));
    }
    for (String name : new String[] {"pom.xml", "spark-jobs/pom.xml", "conf/quickstart.yaml"}) {
      Files.writeString(folder.resolve("a clone").resolve(name), "");
    }
    for (String name : new String[] {"submit/espalier", "submit/utf8.sh"}) {
      Files.copy(Path.of("..", name), folder.resolve("a clone").resolve(name));
    }
    program("java", JAVA.formatted("17.0.15"));
    program("javac", "#!/bin/sh\n");
    program("mvn", MAVEN);
  }

  @Test
  void buildsOnceAndPassesArgumentsAndExitCodeOn() throws Exception {
    Answer first =
        launch(folder.resolve("a clone/submit/espalier"), "train", "--config", "a b.yaml");
    Answer second = launch(folder.resolve("a clone/submit/espalier"), "doctor");

    assertThat(first.code()).isEqualTo(42);
    assertThat(first.text())
        .contains(
            "building",
            "building for the first time",
            "at most about 620 MB",
            "espalier: Building maven -B -Dstyle.color=never -DskipTests package [1/1]\n",
            "espalier: built, with downloads of about 14 MB\n",
            "threads 1",
            "argument -Xmx1g",
            "argument -Dorg.bytedeco.javacpp.maxphysicalbytes=",
            "a clone/spark-jobs/target/spark-jobs.jar:",
            "a clone/dl4j-models/target/dl4j-models.jar:" + repository("lib.jar") + ":",
            ":" + repository("spark.jar") + "\n",
            "argument org.espalier.cli.Main\nargument train\nargument --config\nargument a b.yaml");
    assertThat(first.text()).doesNotContain("warning", "https://host");
    assertThat(second.code()).isEqualTo(42);
    assertThat(second.text()).doesNotContain("maven", "building");
  }

  @Test
  void buildsAgainWhenSourcesAreNewer() throws Exception {
    Answer first = launch(folder.resolve("a clone/submit/espalier"));
    Path source = folder.resolve("a clone/spark-jobs/src/main/New.java");
    Files.writeString(source, "");
    Files.setLastModifiedTime(
        source, java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() + 60_000));

    Answer second = launch(folder.resolve("a clone/submit/espalier"));

    assertThat(first.text()).contains("maven");
    assertThat(second.text())
        .contains("building again, as sources, libraries or ESPALIER_BUILD have changed", "maven");
  }

  @Test
  void aBuildThatFailsSaysWhyAndEndsTheCommand() throws Exception {
    program("mvn", "#!/bin/sh\necho '[ERROR] cannot find symbol'\necho '[INFO] bye'\nexit 3\n");

    Answer failed = launch(folder.resolve("a clone/submit/espalier"), "doctor");

    assertThat(failed.code()).isEqualTo(ExitCode.UNEXPECTED);
    assertThat(failed.text())
        .contains("[ERROR] cannot find symbol\n", "espalier: the build failed; 'mvn -B")
        .doesNotContain("bye", "argument doctor");
  }

  @Test
  void worksThroughALinkFromAnotherFolder() throws Exception {
    Path link = folder.resolve("link");
    Files.createSymbolicLink(link, Path.of("a clone/submit/espalier"));

    assertThat(launch(link).text()).contains("a clone/spark-jobs/target/spark-jobs.jar");
  }

  @ParameterizedTest
  @ValueSource(strings = {"moved", "with space", "a#b", "a%20b"})
  void aCloneThatWasMovedRunsItsOwnJars(String name) throws Exception {
    Answer built = launch(folder.resolve("a clone/submit/espalier"));
    Files.move(folder.resolve("a clone"), folder.resolve(name));

    Answer moved = launch(folder.resolve(name).resolve("submit/espalier"), "doctor");

    assertThat(built.text()).contains("maven");
    assertThat(moved.text())
        .contains("argument doctor")
        .contains(folder.resolve(name).resolve("dl4j-models/target/dl4j-models.jar") + ":")
        .doesNotContain("maven", "a clone");
  }

  @Test
  void jarsOfOtherVersionsAreLeftOutAndMissingOnesBuilt() throws Exception {
    Path launcher = folder.resolve("a clone/submit/espalier");
    launch(launcher);
    Files.writeString(folder.resolve("a clone/spark-jobs/target/spark-jobs-0.0.9.jar"), "");
    Answer twoJars = launch(launcher);
    Files.delete(Path.of(repository("lib.jar")));
    Answer withoutLibrary = launch(launcher);
    Files.delete(folder.resolve("a clone/multitask-meta/target/multitask-meta.jar"));
    Answer withoutModule = launch(launcher);

    assertThat(twoJars.text()).doesNotContain("maven", "0.0.9");
    assertThat(withoutLibrary.text()).contains("maven");
    assertThat(withoutModule.text()).contains("maven");
  }

  @Test
  void aFolderThatNoClassPathCanNameIsRefused() throws Exception {
    Files.move(folder.resolve("a clone"), folder.resolve("a:clone"));

    Answer refused = launch(folder.resolve("a:clone/submit/espalier"));

    assertThat(refused.text()).contains("colon").doesNotContain("maven");
    assertThat(refused.code()).isEqualTo(ExitCode.NO_RESOURCES);
  }

  @Test
  void takesUtf8WhereTheLocaleKnowsAsciiAlone() throws Exception {
    Path launcher = folder.resolve("a clone/submit/espalier");

    for (Map<String, String> plain :
        List.of(
            Map.<String, String>of(),
            Map.of("LC_ALL", "C"),
            Map.of("LANG", "POSIX", "LC_ALL", ""))) {
      assertThat(launch(launcher, plain).text()).as("%s", plain).contains("locale C.UTF-8\n");
    }
    assertThat(launch(launcher, Map.of("LANG", "tr_TR.utf8")).text())
        .contains("locale tr_TR.utf8\n");
    program(
        "locale", "#!/bin/sh\n[ \"$LC_ALL\" = en_US.UTF-8 ] && echo UTF-8 || echo ISO-8859-6\n");
    assertThat(launch(launcher, Map.of("LC_ALL", "ar_EG")).text()).contains("locale ar_EG\n");
    program(
        "locale",
        "#!/bin/sh\n[ \"$LC_ALL\" = en_US.UTF-8 ] && echo UTF-8 || echo ANSI_X3.4-1968\n");
    assertThat(launch(launcher, Map.of("LC_ALL", "ar_EG")).text()).contains("locale en_US.UTF-8\n");
  }

  @Test
  void newerJavasAreToldWhatIsAllowed() throws Exception {
    Path launcher = folder.resolve("a clone/submit/espalier");
    Answer old = launch(launcher);
    program("java", JAVA.formatted("25.0.3"));
    Answer newer = launch(launcher);

    assertThat(old.text()).doesNotContain("native-access", "unsafe");
    assertThat(newer.text())
        .contains(
            """
            argument --enable-native-access=ALL-UNNAMED
            argument --sun-misc-unsafe-memory-access=allow
            """);
  }

  @Test
  void saysWhatIsMissing() throws Exception {
    Path launcher = folder.resolve("a clone/submit/espalier");
    program("java", JAVA.formatted("11.0.2"));
    Answer old = launch(launcher);
    program("java", JAVA.formatted("1.8.0_292"));
    Answer older = launch(launcher);
    program("java", JAVA.formatted("25"));
    Files.delete(bin.resolve("javac"));
    Answer runtimeOnly = launch(launcher);
    Files.delete(bin.resolve("mvn"));
    Answer noMaven = launch(launcher);
    Files.delete(bin.resolve("java"));
    Answer noJava = launch(launcher);

    assertThat(old.text()).contains("Java 11 is too old; install a JDK of version 17 or newer");
    assertThat(older.text()).contains("Java 8 is too old");
    assertThat(runtimeOnly.text()).contains("there is no 'javac'");
    assertThat(noMaven.text()).contains("there is no 'mvn'; install Maven 3.8 or newer");
    assertThat(noJava.text()).contains("there is no 'java'");
    assertThat(old.code()).isEqualTo(ExitCode.NO_RESOURCES);
    assertThat(noJava.code()).isEqualTo(ExitCode.NO_RESOURCES);
  }

  private String repository(String jar) {
    return folder.resolve("repository").resolve(jar).toString();
  }

  private Answer launch(Path launcher, String... arguments) throws Exception {
    return launch(launcher, Map.of(), arguments);
  }

  private Answer launch(Path launcher, Map<String, String> variables, String... arguments)
      throws Exception {
    ProcessBuilder builder = new ProcessBuilder(launcher.toString());
    builder.command().addAll(List.of(arguments));
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.putAll(variables);
    environment.put("PATH", bin.toString());
    Process process = builder.directory(folder.toFile()).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  private void program(String name, String script) throws IOException {
    Path file = bin.resolve(name);
    Files.writeString(file, script);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private static Path which(String tool) {
    return java.util.stream.Stream.of("/bin/", "/usr/bin/")
        .map(place -> Path.of(place + tool))
        .filter(Files::isExecutable)
        .findFirst()
        .orElseThrow();
  }

  private record Answer(int code, String text) {}
}
