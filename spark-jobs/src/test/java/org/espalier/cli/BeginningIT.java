package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.espalier.search.method.Method;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What goes wrong before there is a command, in a process as people start it. */
class BeginningIT {
  @TempDir Path folder;

  @Test
  void aRegistryThatCannotBeReadIsSaidOnTheTerminal() throws Exception {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Method.class.getName()), "org.example.Missing");

    Program.Answer answer = version();

    assertThat(answer.text())
        .startsWith("espalier: something unexpected went wrong: ")
        .contains("org.example.Missing not found", "\nDetails: ")
        .doesNotContain("\tat ");
    assertThat(answer.code()).isEqualTo(ExitCode.UNEXPECTED);
  }

  @Test
  void aConfigurationOfHadoopThatAccountsNeedAndCannotReadIsSaidOnTheTerminal() throws Exception {
    Files.writeString(folder.resolve("core-site.xml"), "<configuration><property>");

    Program.Answer answer = version("-Duser.name=");

    assertThat(answer.text())
        .startsWith("espalier: the configuration of Hadoop, HADOOP_CONF_DIR, cannot be read: core")
        .hasLineCount(1);
    assertThat(answer.code()).isEqualTo(ExitCode.BAD_INPUT);
  }

  /** Asks for the version where the folder comes first on the class path. */
  private Program.Answer version(String... properties) throws Exception {
    List<String> java = new ArrayList<>(List.of(properties));
    java.add("-Despalier.log=" + folder.resolve("log"));
    java.add("-cp");
    java.add(folder + File.pathSeparator + System.getProperty("java.class.path"));
    Path said = folder.resolve("said");
    int code = Program.start(java, said, "--version").waitFor();
    return new Program.Answer(code, Files.readString(said));
  }
}
