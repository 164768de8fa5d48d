package org.espalier.report.html;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.report.CellDrawing;

/**
 * Draws a cell as SVG, as circuits are drawn: nodes one below the other at the right, what their
 * edges compute before them, and at the left a wire for what each node gives, of which later edges
 * take it. No wire passes behind a box.
 */
final class CellRenderer {
  private static final double WIDTH = 420;
  private static final double LANE = 16;
  private static final double LEFT = 14;
  private static final double SLOT = 28;
  private static final double CHIP = 22;
  private static final double CHIP_WIDTH = 124;
  private static final double GAP = 24;
  private static final double BOX = 30;
  private static final int COLOURS = 6;

  private final CellDrawing drawing;
  private final Html html = new Html();

  /** For each node that is read, the lane of its wire. */
  private final Map<Integer, Integer> lanes = new HashMap<>();

  private final List<Double> tops = new ArrayList<>();
  private final double chips;
  private final double boxes;

  private CellRenderer(CellDrawing drawing) {
    this.drawing = drawing;
    double top = 2;
    for (int node = 0; node < drawing.nodes().size(); node++) {
      int now = node;
      if (drawing.nodes().stream()
          .anyMatch(other -> other.edges().stream().anyMatch(edge -> edge.from() == now))) {
        lanes.put(node, lanes.size());
      }
      tops.add(top);
      top += height(node) + GAP;
    }
    tops.add(top);
    this.chips = LEFT + LANE * lanes.size() + 10;
    this.boxes = chips + CHIP_WIDTH + 34;
  }

  static String render(CellDrawing drawing) {
    return new CellRenderer(drawing).render();
  }

  private String render() {
    double height = tops.get(tops.size() - 1) - GAP + 4;
    html.add("<figure class=\"drawing\"><figcaption>%s</figcaption>", drawing.title())
        .raw(Html.scroll(drawing.title()))
        .raw("<svg viewBox=\"0 0 %s %s\" role=\"img\" ".formatted(n(WIDTH), n(height)))
        .add("aria-label=\"%s\">", describe());
    for (int node = 0; node < drawing.nodes().size(); node++) {
      wire(node);
    }
    for (int node = 0; node < drawing.nodes().size(); node++) {
      node(node);
    }
    return html.raw("</svg></div></figure>").toString();
  }

  /** The cell in words. */
  private String describe() {
    List<String> parts = new ArrayList<>(List.of(drawing.title()));
    for (CellDrawing.Node node : drawing.nodes()) {
      List<String> edges = new ArrayList<>();
      for (CellDrawing.Edge edge : node.edges()) {
        String source = drawing.nodes().get(edge.from()).name();
        edges.add(edge.label().isEmpty() ? source : edge.label() + " of " + source);
      }
      if (!edges.isEmpty()) {
        parts.add(node.name() + ": " + String.join(", ", edges));
      }
    }
    return String.join("; ", parts);
  }

  private double height(int node) {
    return Math.max(BOX, SLOT * drawing.nodes().get(node).edges().size());
  }

  private double lane(int node) {
    return LEFT + LANE * lanes.get(node);
  }

  /** Height at which an edge, by its number, reaches a node. */
  private double slot(int node, int edge) {
    int edges = drawing.nodes().get(node).edges().size();
    return tops.get(node) + height(node) / 2 + SLOT * (edge - (edges - 1) / 2.0);
  }

  /** What a node gives: below it to the left, then down to the last edge that takes it. */
  private void wire(int node) {
    if (!lanes.containsKey(node)) {
      return;
    }
    List<Double> taken = new ArrayList<>();
    for (int reader = node + 1; reader < drawing.nodes().size(); reader++) {
      List<CellDrawing.Edge> edges = drawing.nodes().get(reader).edges();
      for (int edge = 0; edge < edges.size(); edge++) {
        if (edges.get(edge).from() == node) {
          taken.add(slot(reader, edge));
          take(node, slot(reader, edge), edges.get(edge).label().isEmpty());
        }
      }
    }
    double bottom = tops.get(node) + height(node);
    html.raw(
        "<path class=\"wire c%s\" d=\"M%s %s v%s H%s q-5 0 -5 5 V%s\"/>"
            .formatted(
                lanes.get(node) % COLOURS,
                n(boxes + 18),
                n(tops.get(node) + height(node) / 2 + BOX / 2),
                n(bottom + GAP / 2 - tops.get(node) - height(node) / 2 - BOX / 2),
                n(lane(node) + 5),
                n(Collections.max(taken))));
  }

  /** From the wire of a node to the right. */
  private void take(int node, double y, boolean direct) {
    int colour = lanes.get(node) % COLOURS;
    double end = direct ? boxes : chips;
    html.raw(
        "<path class=\"wire c%s\" d=\"M%s %s H%s\"/>"
            .formatted(colour, n(lane(node)), n(y), n(end)));
    html.raw(
        "<circle class=\"dot c%s\" cx=\"%s\" cy=\"%s\" r=\"2.6\"/>"
            .formatted(colour, n(lane(node)), n(y)));
    if (direct) {
      head(end, y);
    }
  }

  private void node(int node) {
    double middle = tops.get(node) + height(node) / 2;
    List<CellDrawing.Edge> edges = drawing.nodes().get(node).edges();
    double tall = edges.isEmpty() ? BOX : Math.max(BOX, SLOT * (edges.size() - 1) + CHIP);
    box(boxes, middle - tall / 2, WIDTH - boxes - 2, tall, "box");
    text(drawing.nodes().get(node).name(), (boxes + WIDTH - 2) / 2, middle, "label");
    for (int i = 0; i < edges.size(); i++) {
      CellDrawing.Edge edge = edges.get(i);
      if (!edge.label().isEmpty()) {
        double y = slot(node, i);
        String silent = edge.silent() ? " silent" : "";
        html.raw(
            "<path class=\"arrow%s\" d=\"M%s %s H%s\"/>"
                .formatted(silent, n(chips + CHIP_WIDTH), n(y), n(boxes)));
        head(boxes, y);
        box(chips, y - CHIP / 2, CHIP_WIDTH, CHIP, "box" + silent);
        text(edge.label(), chips + CHIP_WIDTH / 2, y, edge.silent() ? "tick" : "label");
      }
    }
  }

  private void box(double x, double y, double width, double height, String style) {
    html.raw(
        "<rect class=\"%s\" x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"5\"/>"
            .formatted(style, n(x), n(y), n(width), n(height)));
  }

  private void text(String text, double x, double y, String style) {
    html.raw(
            "<text class=\"%s\" x=\"%s\" y=\"%s\" text-anchor=\"middle\">"
                .formatted(style, n(x), n(y + 4)))
        .add("%s</text>", text);
  }

  private void head(double x, double y) {
    html.raw("<path class=\"head\" d=\"M%s %s l-6 -3.5 v7 z\"/>".formatted(n(x), n(y)));
  }

  private static String n(double value) {
    return Html.number(value);
  }
}
