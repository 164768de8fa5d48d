package org.espalier.data.format;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.espalier.data.format.SampleFiles.imageFolder;
import static org.espalier.data.format.SampleFiles.picture;
import static org.espalier.data.format.SampleFiles.write;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Containers, cron and services set no locale: Java then takes file names for ASCII. */
class NamesWithoutLocaleTest {
  @TempDir private Path folder;

  @Test
  void namesAreReadWithoutALocale() throws IOException, InterruptedException {
    Path flowers = Path.of(URI.create(folder.toUri() + "flowers%20%C3%BC"));
    imageFolder(flowers);
    write(
        Path.of(URI.create(flowers.toUri() + "/l%C3%B6wenzahn/%E8%8A%B1.png")),
        picture("png", 4, 6, 7));

    Process process = start(folder.toString());

    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assumeTrue(!said.contains("UTF-8"), "this system has no other encoding of names");
    assertThat(said).contains("apple, l\\u00f6wenzahn, pear: 4");
  }

  private static Process start(String folder) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            NamesWithoutLocaleTest.class.getName(),
            folder);
    builder.environment().keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
    builder.environment().put("LC_ALL", "POSIX");
    return builder.redirectErrorStream(true).start();
  }

  /** Reads the flowers in the folder, and says in ASCII what it found. */
  public static void main(String[] arguments) {
    var settings =
        new DatasetSettings.Folder(arguments[0] + "/flowers \u00fc", null, null, null, null, null);
    var images = Datasets.open(settings, new Configuration(false)).images();
    StringBuilder text = new StringBuilder(System.getProperty("sun.jnu.encoding") + " ");
    for (char each : String.join(", ", images.classes()).toCharArray()) {
      text.append(each < 128 ? "" + each : String.format(Locale.ROOT, "\\u%04x", (int) each));
    }
    System.out.println(text + ": " + images.size());
  }
}
