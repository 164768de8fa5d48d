package org.espalier.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.espalier.network.ImageShape;
import org.espalier.report.Picture;
import org.espalier.report.Pictures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Table;
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
  void meansWithDeviationsAreNumbers() {
    String page = page(new Table("t", List.of("a"), List.of(List.of("98.21 \u00b1 0.14"))));

    assertThat(page).contains("<td class=\"number\">98.21 \u00b1 0.14</td>");
  }

  @Test
  void wholeNumbersGetCommasAndNamesStayAsTheyAre() {
    List<String> cells = List.of("2024", "1999", "1234567", "0012", "[1024, 2048]", "9".repeat(40));
    List<String> columns = List.of("a", "b", "c", "d", "e", "f");

    String oneName = page(new Table("t", columns, List.of(cells)));
    String twoNames = page(new Table("t", columns, List.of(cells), 2));

    assertThat(oneName).contains(">2024<", ">1,999<", ">1,234,567<", ">0012<", ">[1024, 2048]<");
    assertThat(oneName).contains(">" + "9".repeat(40) + "<");
    assertThat(twoNames).contains(">2024<", ">1999<", ">1,234,567<");
  }

  @Test
  void aPictureIsShownPixelByPixel() throws Exception {
    byte[] grey = {0, 8, 16, 99};
    byte[] colours = {1, 2, 3, (byte) 255, 0, (byte) 128};

    BufferedImage first = shown(Picture.of(new ImageShape(2, 2, 1), grey, 16, "grey"));
    BufferedImage second = shown(Picture.of(new ImageShape(1, 2, 3), colours, 255, "colours"));

    assertThat(first.getRGB(0, 0)).isEqualTo(0xff000000);
    assertThat(first.getRGB(1, 0)).isEqualTo(0xff7f7f7f);
    assertThat(first.getRGB(0, 1)).isEqualTo(0xffffffff);
    assertThat(first.getRGB(1, 1)).isEqualTo(0xffffffff);
    assertThat(second.getRGB(0, 0)).isEqualTo(0xff010203);
    assertThat(second.getRGB(1, 0)).isEqualTo(0xffff0080);
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

  private static String page(Section section) {
    return HtmlReport.render(
        new Report("t", "l", List.of(new Report.Chapter("c", List.of(section)))));
  }

  private static BufferedImage shown(Picture picture) throws IOException {
    Matcher data =
        Pattern.compile("data:image/png;base64,([A-Za-z0-9+/=]+)")
            .matcher(page(new Pictures("p", List.of(picture))));
    assertThat(data.find()).isTrue();
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data.group(1))));
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
