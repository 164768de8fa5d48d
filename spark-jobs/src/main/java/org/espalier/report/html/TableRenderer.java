package org.espalier.report.html;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.espalier.report.Table;

/** Draws a {@link Table}. */
final class TableRenderer {
  /** Letters from which on a text needs some width, so as not to become a tower of short lines. */
  private static final int LONG = 60;

  private TableRenderer() {}

  static String render(Table table) {
    List<List<String>> rows = table.rows().stream().map(row -> shown(row, table.names())).toList();
    List<Boolean> numeric =
        IntStream.range(0, table.columns().size())
            .mapToObj(column -> rows.stream().allMatch(row -> isNumber(row.get(column))))
            .toList();
    Html html = new Html().add("<figure><figcaption>%s</figcaption>", table.title());
    html.raw(Html.scroll(table.title())).raw("<table><thead><tr>");
    for (int i = 0; i < numeric.size(); i++) {
      html.raw(numeric.get(i) ? "<th scope=\"col\" class=\"number\">" : "<th scope=\"col\">")
          .add("%s</th>", table.columns().get(i));
    }
    html.raw("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      html.raw("<tr>");
      for (int i = 0; i < numeric.size(); i++) {
        html.raw(cell(row.get(i), numeric.get(i)));
      }
      html.raw("</tr>\n");
    }
    return html.raw("</tbody></table></div></figure>").toString();
  }

  private static List<String> shown(List<String> row, int names) {
    List<String> cells = new ArrayList<>(row);
    for (int i = names; i < cells.size(); i++) {
      cells.set(i, grouped(cells.get(i)));
    }
    return cells;
  }

  // Longer runs of digits, such as hashes, are no amounts, and do not fit in a long.
  private static String grouped(String cell) {
    return cell.matches("[1-9][0-9]{3,17}") ? Html.count(Long.parseLong(cell)) : cell;
  }

  private static String cell(String text, boolean number) {
    if (number) {
      return new Html().add("<td class=\"number\">%s</td>", text).toString();
    }
    // Networks are written as long names without spaces.
    return (text.length() > LONG ? "<td class=\"long\">" : "<td>")
        + Html.text(text).replaceAll("([|/])(?=[^\\s|/])", "$1<wbr/>")
        + "</td>";
  }

  private static boolean isNumber(String cell) {
    return cell.matches("[-+\u2212]?[0-9][0-9,.]*([eE][-+]?[0-9]+)?( ?%)?( \u00b1 [0-9.]+)?|-|");
  }
}
