package org.espalier.report.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import javax.xml.parsers.DocumentBuilderFactory;
import org.espalier.network.ImageShape;
import org.espalier.report.Chart;
import org.espalier.report.Code;
import org.espalier.report.Confusion;
import org.espalier.report.Downloads;
import org.espalier.report.Folded;
import org.espalier.report.ParallelAxes;
import org.espalier.report.Picture;
import org.espalier.report.Pictures;
import org.espalier.report.Report;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.storage.Bytes;
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
    assertThat(document.getElementsByTagName("svg").getLength()).isEqualTo(9);
    assertThat(document.getElementsByTagName("img").getLength()).isEqualTo(7);
    assertThat(document.getElementsByTagName("circle").getLength()).isEqualTo(61 + 16 + 1 + 4);
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
  void codeIsCopiedAsItStands() {
    String config = "data:\n  format: digits\n    # <deep>\n";

    assertThat(page(new Code("config.yaml", config)))
        .contains("<pre>data:\n  format: digits\n    # &lt;deep&gt;\n</pre>")
        .doesNotContain("\u2003");
  }

  @Test
  void detailsAreFoldedAndCanBeFoundByTheKeyboard() {
    String page = page(new Folded("More", List.of(new Table("t", List.of("a"), List.of()))));

    assertThat(page)
        .contains("<details><summary>More</summary>")
        .contains("<div class=\"scroll\" role=\"region\" tabindex=\"0\" aria-label=\"t\">");
  }

  /** The three nodes that are read have wires, and every edge takes from one of them. */
  @Test
  void cellsAreDrawnWithAWireForWhatANodeGives() {
    String page = page(SampleReport.cell("skip"));

    assertThat(page)
        .contains("aria-label=\"skip; sum: skip of skip, zero of last; output: last, sum\"")
        .contains("class=\"box silent\"");
    assertThat(Pattern.compile("<path class=\"wire c[012]\" d=\"[^\"]*V").matcher(page).results())
        .hasSize(3);
    assertThat(Pattern.compile("<circle class=\"dot c[012]\"").matcher(page).results()).hasSize(4);
  }

  @Test
  void downloadsAreInsideThePageOrBesideIt() {
    byte[] csv = "a,\"b\"\r\n".getBytes(StandardCharsets.UTF_8);

    String page =
        page(
            new Downloads(
                "d",
                List.of(
                    new Downloads.Embedded("c.csv", "all", "text/csv", Bytes.of(csv)),
                    new Downloads.Beside("model/a b:c?.onnx", "1 kB"))));

    assertThat(page)
        .contains("<a href=\"data:text/csv;base64,YSwiYiINCg==\" download=\"c.csv\">c.csv</a>")
        .contains("href=\"./model/a%20b%3Ac%3F.onnx\" download=\"a b:c?.onnx\"");
  }

  @Test
  void whatIsNotFinishedSaysSoFirst() {
    String page =
        HtmlReport.render(new Report("t", "lead", Optional.of("not finished"), List.of()));

    assertThat(page.indexOf("<p class=\"notice\" role=\"status\">not finished</p>"))
        .isPositive()
        .isLessThan(page.indexOf("<p class=\"lead\">"));
  }

  @Test
  void pointsHaveTheirNamesAndTheChosenOneARing() {
    Chart.Point named = new Chart.Point(87456, 94.814814814, "candidate 3, [4, 8]");
    String page =
        page(
            new Chart(
                "c",
                "x",
                "y",
                List.of(
                    new Chart.Line("candidates", List.of(named), Chart.Style.POINTS),
                    new Chart.Line("found", List.of(named), Chart.Style.RINGS))));

    assertThat(page)
        .contains("<title>candidate 3, [4, 8]: 87,456, 94.8148</title>")
        .containsPattern("<circle class=\"ring\" [^>]*><title>candidate 3")
        .contains("<span class=\"key ringed\"></span>found</li>");
  }

  @Test
  void labelsHaveRoomHoweverLongTheyAre() {
    Chart.Line flat =
        new Chart.Line(
            "a",
            List.of(new Chart.Point(1, 12345.0002), new Chart.Point(2, 12345.0008)),
            Chart.Style.CURVE);
    String page = page(new Chart("c", "x", "y", List.of(flat)));
    String brief = page(new Chart("c", "x", "y", List.of(line("a", 1))));
    String names =
        page(
            new ParallelAxes(
                "p",
                List.of("a", "a property with a long name"),
                "m",
                List.of(new ParallelAxes.Line("l", List.of(1.0, 2.0), 3, false))));

    assertThat(page).contains(">12345.0002<", "<line class=\"grid\" x1=\"97.00\"");
    assertThat(brief).contains("<line class=\"grid\" x1=\"52.00\"");
    // 27 letters of at most 8 units, at 35 degrees: 124 up from 64, and 177 to the right.
    Matcher box =
        Pattern.compile("viewBox=\"0 (-[0-9.]+) 480.00 [0-9.]+\".*?x1=\"24.*?x1=\"([0-9.]+)\"")
            .matcher(names);
    assertThat(box.find()).isTrue();
    assertThat(Double.parseDouble(box.group(1))).isLessThan(64 - 124);
    assertThat(Double.parseDouble(box.group(2)) + 177).isLessThan(480);
  }

  @Test
  void linesOfOneNameAreOneInTheLegendAndOneColour() {
    String page = page(new Chart("c", "x", "y", List.of(line("a", 1), line("a", 2), line("b", 3))));

    assertThat(Pattern.compile("<polyline class=\"line c0\"").matcher(page).results()).hasSize(2);
    assertThat(Pattern.compile("<polyline class=\"line c1\"").matcher(page).results()).hasSize(1);
    assertThat(Pattern.compile(">a</li>").matcher(page).results()).hasSize(1);
  }

  @Test
  void curvesAreCutOffWhereTheirAxisBegins() {
    List<Chart.Point> points =
        List.of(
            new Chart.Point(1, 10),
            new Chart.Point(2, 90),
            new Chart.Point(3, 95),
            new Chart.Point(4, 96));
    Chart whole = new Chart("c", "x", "y", List.of(new Chart.Line("a", points, Chart.Style.CURVE)));

    String page = page(whole.above(90));

    assertThat(page).contains(">90<", ">96<", "The axis leaves out what lies below.");
    assertThat(page).doesNotContain(">80<", ">20<");
    assertThat(page(whole)).contains(">20<").doesNotContain("leaves out");
    // From where it comes up to the axis: at 2 exactly, the height of which is that of its end.
    Matcher path = Pattern.compile("<polyline class=\"line c0\" points=\"([^\"]*)\"").matcher(page);
    assertThat(path.find()).isTrue();
    assertThat(path.group(1).split(" ")).hasSize(4);
    assertThat(path.find()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void textInCellsIsReadableOnEveryShade(String theme) {
    String page =
        page(new Confusion("c", List.of("a", "b"), List.of(List.of(9L, 0L), List.of(4L, 5L))));
    Map<String, int[]> colours = colours(page, theme.equals("dark"));
    double most =
        Pattern.compile("--share:([0-9.]+)%")
            .matcher(page)
            .results()
            .mapToDouble(match -> Double.parseDouble(match.group(1)))
            .max()
            .orElseThrow();

    assertThat(page).doesNotContain(".right { color", "<th></th>");
    for (String shade : List.of("--accent", "--wrong")) {
      for (double share = 0; share <= most; share += 1) {
        int[] ground = new int[3];
        for (int i = 0; i < 3; i++) {
          double panel = colours.get("--panel")[i];
          ground[i] = (int) Math.round(panel + (colours.get(shade)[i] - panel) * share / 100);
        }
        assertThat(contrast(colours.get("--ink"), ground)).isGreaterThan(4.5);
      }
    }
    for (String ground : List.of("--ground", "--panel")) {
      for (String text : List.of("--ink", "--soft", "--accent")) {
        assertThat(contrast(colours.get(text), colours.get(ground))).as(text).isGreaterThan(4.5);
      }
    }
  }

  /** Colours of the page's style by name, of one of its two themes. */
  private static Map<String, int[]> colours(String page, boolean dark) {
    String style = page.substring(page.indexOf("<style>"), page.indexOf("</style>"));
    int from = dark ? style.indexOf("prefers-color-scheme: dark") : 0;
    Map<String, int[]> colours = new HashMap<>();
    Matcher colour =
        Pattern.compile("(--[a-z0-9]+): #([0-9a-f]{6});")
            .matcher(style.substring(from, style.indexOf("}", from)));
    while (colour.find()) {
      int rgb = Integer.parseInt(colour.group(2), 16);
      colours.put(colour.group(1), new int[] {rgb >> 16, rgb >> 8 & 255, rgb & 255});
    }
    return colours;
  }

  /** As of WCAG 2.2. */
  private static double contrast(int[] one, int[] other) {
    double first = luminance(one);
    double second = luminance(other);
    return (Math.max(first, second) + 0.05) / (Math.min(first, second) + 0.05);
  }

  private static double luminance(int[] rgb) {
    double[] weights = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
      double value = rgb[i] / 255.0;
      sum +=
          weights[i] * (value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4));
    }
    return sum;
  }

  private static Chart.Line line(String name, double height) {
    return new Chart.Line(
        name,
        List.of(new Chart.Point(0, height), new Chart.Point(1, 2 * height)),
        Chart.Style.CURVE);
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
  void longNamesCanBreakAndHaveSomeWidth() {
    String name = "normal " + "|sep_conv_3x3~0".repeat(9) + "|";

    String page = page(new Table("t", List.of("a", "b"), List.of(List.of(name, "a/b"))));

    assertThat(page)
        .contains("<td class=\"long\">normal |<wbr/>sep_conv_3x3~0|<wbr/>sep")
        .contains("sep_conv_3x3~0|</td>", "<td>a/<wbr/>b</td>");
  }

  @Test
  void coloursThatComeAgainAreToldApartInTheLegend() {
    List<Chart.Line> lines = IntStream.range(0, 7).mapToObj(i -> line("line " + i, i + 1)).toList();

    String page = page(new Chart("c", "x", "y", lines));

    assertThat(page)
        .contains("<span class=\"key c0\"></span>line 0<")
        .contains("<span class=\"key c0 again\"></span>line 6<")
        .contains(".key.again {");
  }

  @Test
  void curvesReachTheEndOfTheirAxis() {
    List<Chart.Point> points = List.of(new Chart.Point(1, 1), new Chart.Point(82, 2));

    String curves = page(chart(points, Chart.Style.CURVE));
    String cloud = page(chart(points, Chart.Style.POINTS));

    // The right end of the area of points is at 480 - 22.
    assertThat(curves).contains(" 458.00,34.00\"").doesNotContain(">100<");
    assertThat(cloud).contains(">100<");
    assertThat(Ticks.covering(3, 3, 1).endingAt(3)).isEqualTo(Ticks.covering(3, 3, 1));
  }

  private static Chart chart(List<Chart.Point> points, Chart.Style style) {
    return new Chart("c", "x", "y", List.of(new Chart.Line("a", points, style)));
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
