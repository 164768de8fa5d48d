package org.espalier.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final String HOSTILE =
      "</title></style></svg>\"'><script>alert(1)</script><img src=x onerror=alert(2)>%s &amp; \0";

  @ParameterizedTest
  @ValueSource(strings = {"Digits, seed 1", HOSTILE})
  void everyTagIsClosedAndNothingIsLoaded(String text) throws Exception {
    String page = HtmlReport.render(SampleReport.of(text));

    Document document = parse(page);
    assertThat(document.getElementsByTagName("script").getLength()).isZero();
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(7);
    assertThat(document.getElementsByTagName("img").getLength()).isEqualTo(7);
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(61 + 16);
    assertThat(Pattern.compile("<rect class=\"bar ").matcher(page).results()).hasSize(2 * (7 + 35));
    assertThat(page).contains("line steps c2", "line c1 again");
    assertThat(page).doesNotContain("http://", "https://", "url(", "onerror=alert(2)>\"");
  }

  @Test
  void aBrowserShowsHostileTextAsTextAndReportsNoError(@TempDir Path folder) throws Exception {
    Optional<Path> browser = browser();
    assumeThat(browser).as("Chromium on the PATH").isPresent();
    Path page = folder.resolve("report.html");
    Files.writeString(page, HtmlReport.render(SampleReport.of(HOSTILE)));

    Path log = folder.resolve("log");
    Path dom = folder.resolve("dom");
    Process process =
        new ProcessBuilder(
                browser.get().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + folder.resolve("profile"),
                "--enable-logging=stderr",
                "--dump-dom",
                page.toUri().toString())
            .redirectOutput(dom.toFile())
            .redirectError(log.toFile())
            .start();
    boolean ended = process.waitFor(2, TimeUnit.MINUTES);
    process.destroyForcibly().waitFor();

    assertThat(ended).isTrue();
    assertThat(Files.readString(log)).doesNotContain("CONSOLE");
    assertThat(Files.readString(dom)).contains("&lt;script&gt;alert(1)").doesNotContain("<script");
  }

  @Test
  void aTableWithARaggedRowIsRefused() {
    assertThatThrownBy(() -> new ReportSection.Table("t", List.of("a"), List.of(List.of("1", "2"))))
        .hasMessage("table 't' has 1 columns, but a row has 2 cells");
  }

  @Test
  void barsWithoutAValueEachAreRefused() {
    assertThatThrownBy(
            () ->
                new ReportSection.Bars(
                    "t", List.of("a", "b"), List.of(new ReportSection.Row("r", List.of(1)))))
        .hasMessage("'t' has 2 names, but 'r' has 1 values");
  }

  @Test
  void meansWithDeviationsAreNumbers() {
    String page =
        HtmlReport.render(
            new Report(
                "t",
                "l",
                List.of(
                    new Report.Chapter(
                        "c",
                        List.of(
                            new ReportSection.Table(
                                "t", List.of("a"), List.of(List.of("98.21 \u00b1 0.14"))))))));

    assertThat(page).contains("<td class=\"number\">98.21 \u00b1 0.14</td>");
  }

  @Test
  void anAxisCoversItsValuesWithRoundNumbers() {
    assertThat(Ticks.covering(0.13, 2.31).values())
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-9 ? 0 : 1)
        .containsExactly(0.0, 0.5, 1.0, 1.5, 2.0, 2.5);
    assertThat(Ticks.covering(1, 4, 1).values()).containsExactly(1.0, 2.0, 3.0, 4.0);
    assertThat(Ticks.covering(7, 7).from()).isLessThanOrEqualTo(7);
    assertThat(Ticks.covering(7, 7).to()).isGreaterThan(7);
  }

  // As XML, so that an unclosed tag or a bare ampersand is an error; HTML's void tags are closed.
  private static Document parse(String page) throws Exception {
    String xml =
        page.replace("<!DOCTYPE html>", "").replaceAll("<(meta|img)([^>]*[^/])>", "<$1$2/>");
    var factory = DocumentBuilderFactory.newInstance();
    factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
    return factory.newDocumentBuilder().parse(new InputSource(new StringReader(xml)));
  }

  private static Optional<Path> browser() throws IOException {
    return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator, -1))
        .flatMap(folder -> List.of(folder + "/chromium", folder + "/google-chrome").stream())
        .map(Path::of)
        .filter(Files::isExecutable)
        .findFirst();
  }
}
