package org.espalier.report;

/**
 * One piece of a report, as data. All text is plain text; it is escaped where it is drawn.
 *
 * <p>Who draws sections is a {@link Visitor}, so that a new kind of section does not compile before
 * every renderer can draw it.
 */
public sealed interface Section
    permits Text,
        Code,
        Figures,
        Table,
        Chart,
        ParallelAxes,
        Confusion,
        Drawing,
        CellDrawing,
        Bars,
        Pictures,
        Downloads,
        Folded {

  /** Calls the visitor's method for this kind of section and returns what that returns. */
  <T> T accept(Visitor<T> visitor);

  /**
   * What is done with a section, for each kind of section.
   *
   * @param <T> what it makes of a section
   */
  interface Visitor<T> {
    /** For a paragraph. */
    T text(Text text);

    /** For text to be copied. */
    T code(Code code);

    /** For numbers to be seen first. */
    T figures(Figures figures);

    /** For a table. */
    T table(Table table);

    /** For a chart. */
    T chart(Chart chart);

    /** For parallel coordinates. */
    T parallelAxes(ParallelAxes axes);

    /** For a confusion matrix. */
    T confusion(Confusion confusion);

    /** For a drawing of a network. */
    T drawing(Drawing drawing);

    /** For a drawing of a cell. */
    T cell(CellDrawing cell);

    /** For bars. */
    T bars(Bars bars);

    /** For pictures. */
    T pictures(Pictures pictures);

    /** For files to take away. */
    T downloads(Downloads downloads);

    /** For details. */
    T folded(Folded folded);
  }
}
