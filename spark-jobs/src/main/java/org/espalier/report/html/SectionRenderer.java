package org.espalier.report.html;

import org.espalier.report.Bars;
import org.espalier.report.Chart;
import org.espalier.report.Confusion;
import org.espalier.report.Drawing;
import org.espalier.report.Figures;
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

  @Override
  public Rendered text(Text text) {
    return wide(new Html().add("<p>%s</p>", text.text()).toString());
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
  public Rendered confusion(Confusion confusion) {
    return wide(ConfusionRenderer.render(confusion));
  }

  @Override
  public Rendered drawing(Drawing drawing) {
    return wide(DrawingRenderer.render(drawing));
  }

  @Override
  public Rendered bars(Bars bars) {
    return new Rendered(BarsRenderer.render(bars), BarsRenderer.columns(bars) == 1);
  }

  @Override
  public Rendered pictures(Pictures pictures) {
    return wide(PicturesRenderer.render(pictures));
  }

  private static Rendered wide(String markup) {
    return new Rendered(markup, false);
  }
}
