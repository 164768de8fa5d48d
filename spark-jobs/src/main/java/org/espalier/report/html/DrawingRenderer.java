package org.espalier.report.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.espalier.report.Drawing;

/** Draws a network as SVG: a column of boxes, arrows past other boxes at the side. */
final class DrawingRenderer {
  private static final double WIDTH = 480;
  private static final double LEFT = 4;
  private static final double BOX = 34;
  private static final double GAP = 14;
  private static final double LANE = 13;
  private static final int MOST_LANES = 6;

  private DrawingRenderer() {}

  static String render(Drawing drawing) {
    DrawingPlan plan = DrawingPlan.of(drawing.network());
    List<DrawingPlan.Arrow> bent = plan.arrows().stream().filter(a -> !a.straight()).toList();
    List<Integer> lanes = lanes(bent);
    int used = Math.min(MOST_LANES, lanes.stream().mapToInt(lane -> lane + 1).max().orElse(0));
    double right = WIDTH - 8 - used * LANE;
    double height = plan.boxes().size() * (BOX + GAP);
    Html html =
        new Html()
            .add("<figure class=\"drawing\"><figcaption>%s</figcaption>", drawing.title())
            .raw(Html.scroll(drawing.title()))
            .raw("<svg viewBox=\"0 0 480 %s\" role=\"img\" ".formatted(n(height)))
            .add("aria-label=\"%s\">", drawing.title());
    long most = plan.boxes().stream().mapToLong(DrawingPlan.Box::macs).max().orElse(0);
    for (int i = 0; i < plan.boxes().size(); i++) {
      box(html, plan.boxes().get(i), top(i), right, most);
    }
    plan.arrows().stream()
        .filter(DrawingPlan.Arrow::straight)
        .forEach(arrow -> straight(html, arrow, (LEFT + right) / 2));
    for (int i = 0; i < bent.size(); i++) {
      bent(html, bent.get(i), right, right + 6 + LANE * (lanes.get(i) % MOST_LANES));
    }
    return html.raw("</svg></div></figure>").toString();
  }

  private static void box(Html html, DrawingPlan.Box box, double top, double right, long most) {
    html.raw(
        "<rect class=\"box\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"5\"/>"
            .formatted(n(LEFT), n(top), n(right - LEFT), n(BOX)));
    double share = most == 0 ? 0 : (double) box.macs() / most;
    html.raw(
        "<rect class=\"share\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"3\" rx=\"1.5\"/>"
            .formatted(n(LEFT), n(top + BOX - 3), n(share * (right - LEFT))));
    html.raw("<text class=\"label\" x=\"%s\" y=\"%s\">".formatted(n(LEFT + 9), n(top + 15)))
        .add("%s</text>", box.label());
    String cost = box.macs() == 0 ? "" : Html.count(box.macs()) + " MACs";
    html.raw("<text class=\"tick\" x=\"%s\" y=\"%s\">".formatted(n(LEFT + 9), n(top + 27)))
        .add("%s</text>", box.shape());
    html.raw(
            "<text class=\"tick\" x=\"%s\" y=\"%s\" text-anchor=\"end\">"
                .formatted(n(right - 9), n(top + 27)))
        .add("%s</text>", cost);
  }

  private static void straight(Html html, DrawingPlan.Arrow arrow, double middle) {
    double from = top(arrow.from()) + BOX;
    html.raw(
        "<path class=\"arrow\" d=\"M%s %s V%s\"/>%s"
            .formatted(n(middle), n(from), n(from + GAP), down(middle, from + GAP)));
  }

  private static void bent(Html html, DrawingPlan.Arrow arrow, double right, double lane) {
    double from = top(arrow.from()) + BOX * 0.7;
    double to = top(arrow.to()) + BOX * 0.3;
    html.raw(
        "<path class=\"arrow\" d=\"M%s %s H%s q5 0 5 5 V%s q0 5 -5 5 H%s\"/>"
            .formatted(n(right), n(from), n(lane - 5), n(to - 5), n(right)));
    html.raw("<path class=\"head\" d=\"M%s %s l6 -3.5 v7 z\"/>".formatted(n(right), n(to)));
  }

  private static String down(double x, double y) {
    return "<path class=\"head\" d=\"M%s %s l-3.5 -6 h7 z\"/>".formatted(n(x), n(y));
  }

  // Short arrows inside, long ones outside; arrows in one lane do not overlap.
  private static List<Integer> lanes(List<DrawingPlan.Arrow> arrows) {
    List<Integer> lanes = new ArrayList<>(java.util.Collections.nCopies(arrows.size(), -1));
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < arrows.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> arrows.get(i).to() - arrows.get(i).from()));
    for (int i : order) {
      int lane = 0;
      while (taken(arrows, lanes, i, lane)) {
        lane++;
      }
      lanes.set(i, lane);
    }
    return lanes;
  }

  private static boolean taken(
      List<DrawingPlan.Arrow> arrows, List<Integer> lanes, int candidate, int lane) {
    DrawingPlan.Arrow arrow = arrows.get(candidate);
    for (int other = 0; other < arrows.size(); other++) {
      DrawingPlan.Arrow placed = arrows.get(other);
      if (lanes.get(other) == lane && arrow.from() < placed.to() && placed.from() < arrow.to()) {
        return true;
      }
    }
    return false;
  }

  private static double top(int place) {
    return place * (BOX + GAP);
  }

  private static String n(double value) {
    return Html.number(value);
  }
}
