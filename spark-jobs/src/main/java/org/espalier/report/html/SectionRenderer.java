package org.espalier.report.html;

import java.util.List;
import org.espalier.report.Bars;
import org.espalier.report.CellDrawing;
import org.espalier.report.Chart;
import org.espalier.report.Code;
import org.espalier.report.Confusion;
import org.espalier.report.Downloads;
import org.espalier.report.Drawing;
import org.espalier.report.Figures;
import org.espalier.report.Folded;
import org.espalier.report.ParallelAxes;
import org.espalier.report.Pictures;
import org.espalier.report.Section;
import org.espalier.report.Table;
import org.espalier.report.Text;

/** Draws each kind of section. */
final class SectionRenderer implements Section.Visitor<SectionRenderer.Rendered> {

  /**
   * A section as markup.
   *
   * @param markup with all text escaped
   * @param besideOthers whether it is narrow enough to stand beside another such one
   */
  record Rendered(String markup, boolean besideOthers) {}

  /** Sections one below the other, narrow ones beside each other where there is room. */
  static String all(List<Section> sections) {
    SectionRenderer renderer = new SectionRenderer();
    Html html = new Html();
    boolean beside = false;
    for (Section section : sections) {
      Rendered block = section.accept(renderer);
      html.raw(!beside && block.besideOthers() ? "<div class=\"charts\">\n" : "")
          .raw(beside && !block.besideOthers() ? "</div>\n" : "")
          .raw(block.markup())
          .raw("\n");
      beside = block.besideOthers();
    }
    return html.raw(beside ? "</div>\n" : "").toString();
  }

  @Override
  public Rendered text(Text text) {
    String together = text.text().replace(" %", "\u00a0%");
    return wide(new Html().add("<p>%s</p>", together).toString());
  }

  @Override
  public Rendered code(Code code) {
    return wide(
        new Html()
            .add("<figure><figcaption>%s</figcaption>", code.title())
            .raw(Html.scroll(code.title()))
            .add("<pre>%s</pre></div></figure>", code.text())
            .toString());
  }

  @Override
  public Rendered figures(Figures figures) {
    Html html = new Html().raw("<dl class=\"figures\">");
    for (Figures.Figure figure : figures.figures()) {
      html.add("<div><dt>%s</dt><dd>%s", figure.name(), figure.value())
          .add("<small>%s</small></dd></div>", figure.note());
    }
    return wide(html.raw("</dl>").toString());
  }

  @Override
  public Rendered table(Table table) {
    return wide(TableRenderer.render(table));
  }

  @Override
  public Rendered chart(Chart chart) {
    return new Rendered(ChartRenderer.render(chart), true);
  }

  @Override
  public Rendered parallelAxes(ParallelAxes axes) {
    return new Rendered(ParallelAxesRenderer.render(axes), ParallelAxesRenderer.isNarrow(axes));
  }

  @Override
  public Rendered confusion(Confusion confusion) {
    return wide(ConfusionRenderer.render(confusion));
  }

  @Override
  public Rendered drawing(Drawing drawing) {
    return wide(DrawingRenderer.render(drawing));
  }

  @Override
  public Rendered cell(CellDrawing cell) {
    return new Rendered(CellRenderer.render(cell), true);
  }

  @Override
  public Rendered bars(Bars bars) {
    return new Rendered(BarsRenderer.render(bars), BarsRenderer.columns(bars) == 1);
  }

  @Override
  public Rendered pictures(Pictures pictures) {
    return wide(PicturesRenderer.render(pictures));
  }

  @Override
  public Rendered downloads(Downloads downloads) {
    return wide(DownloadsRenderer.render(downloads));
  }

  @Override
  public Rendered folded(Folded folded) {
    return wide(
        new Html()
            .add("<details><summary>%s</summary>\n", folded.title())
            .raw(all(folded.sections()))
            .raw("</details>")
            .toString());
  }

  private static Rendered wide(String markup) {
    return new Rendered(markup, false);
  }
}
