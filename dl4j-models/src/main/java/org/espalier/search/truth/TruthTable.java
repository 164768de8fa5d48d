package org.espalier.search.truth;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.espalier.text.InputException;

/**
 * How accurate every network of a space is.
 *
 * @param rows one a network
 */
public record TruthTable(List<Row> rows) {
  /** The first line of a table. */
  public static final String HEADER = "picks,macs,parameters,validation,test,note,network";

  private static final int COLUMNS = 7;

  public TruthTable {
    rows = List.copyOf(rows);
  }

  /**
   * A network.
   *
   * @param picks that name it in its space
   * @param network what sets it apart from the others, for people
   * @param macs of one image
   * @param parameters learned values
   * @param validation accuracies on the validation part, shares, one a seed
   * @param test accuracies on the test part, shares, one a seed
   * @param note {@value #CONSTANT} if it computes the same for all images, {@value #LIKE} and the
   *     picks of the first network that computes the same if that is another, empty otherwise
   */
  public record Row(
      List<Integer> picks,
      String network,
      long macs,
      long parameters,
      List<Double> validation,
      List<Double> test,
      String note) {
    /** The note of a network that computes the same for all images. */
    public static final String CONSTANT = "constant";

    /** Begins the note of a network that computes the same as an earlier one. */
    public static final String LIKE = "like ";

    public Row {
      picks = List.copyOf(picks);
      Objects.requireNonNull(network, "network");
      Objects.requireNonNull(note, "note");
      validation = List.copyOf(validation);
      test = List.copyOf(test);
      if (test.isEmpty() || test.size() != validation.size()) {
        throw new IllegalArgumentException(
            "network %s needs as many accuracies on both parts, at least one, got %s and %s"
                .formatted(network, validation.size(), test.size()));
      }
    }

    /** Mean test accuracy over the seeds. */
    public double mean() {
      return test.stream().mapToDouble(Double::doubleValue).sum() / test.size();
    }

    /** Standard deviation of the test accuracy over the seeds, unbiased; 0 of a single seed. */
    public double deviation() {
      double mean = mean();
      double squares = test.stream().mapToDouble(each -> (each - mean) * (each - mean)).sum();
      return test.size() < 2 ? 0 : StrictMath.sqrt(squares / (test.size() - 1));
    }
  }

  /** Mean test accuracy of every network, in the order of the rows. */
  public List<Double> means() {
    return rows.stream().map(Row::mean).toList();
  }

  /**
   * What a perfect search could reach: {@link Agreement#kendall} of the validation accuracies of
   * one seed with the mean test accuracies, averaged over the seeds that all rows have.
   */
  public double noiseCeiling() {
    int seeds = rows.stream().mapToInt(row -> row.validation().size()).min().orElse(0);
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      int with = seed;
      List<Double> one = rows.stream().map(row -> row.validation().get(with)).toList();
      sum += Agreement.kendall(one, means());
    }
    return seeds == 0 ? 0 : sum / seeds;
  }

  /** The network with the highest mean test accuracy; of equals the first. */
  public Row best() {
    return rows.stream()
        .reduce((a, b) -> b.mean() > a.mean() ? b : a)
        .orElseThrow(() -> new IllegalStateException("the table has no networks"));
  }

  /**
   * The row of a network.
   *
   * @throws InputException if the table is of another space
   */
  public Row row(List<Integer> picks) {
    return rows.stream()
        .filter(row -> row.picks().equals(picks))
        .findFirst()
        .orElseThrow(
            () -> new InputException("the table of the truth has no network " + joined(picks)));
  }

  /** Its place by mean test accuracy, from 1; of equals the best. */
  public int rank(Row row) {
    return 1 + (int) rows.stream().filter(other -> other.mean() > row.mean()).count();
  }

  /** The table as lines of comma-separated values; lists are parted by semicolons. */
  public String toCsv() {
    StringBuilder csv = new StringBuilder(HEADER).append('\n');
    for (Row row : rows) {
      csv.append(joined(row.picks()))
          .append(',')
          .append(row.macs())
          .append(',')
          .append(row.parameters())
          .append(',')
          .append(shares(row.validation()))
          .append(',')
          .append(shares(row.test()))
          .append(',')
          .append(row.note())
          .append(",\"")
          .append(row.network())
          .append("\"\n");
    }
    return csv.toString();
  }

  private static String shares(List<Double> values) {
    return values.stream()
        .map(value -> String.format(Locale.ROOT, "%.6f", value))
        .collect(Collectors.joining(";"));
  }

  private static List<Double> shares(String cell) {
    return Arrays.stream(cell.split(";")).map(Double::valueOf).toList();
  }

  /** Picks as a table has them. */
  public static String joined(List<Integer> values) {
    return values.stream().map(String::valueOf).collect(Collectors.joining(";"));
  }

  private static String unquoted(String cell) {
    if (cell.length() < 2 || !cell.startsWith("\"") || !cell.endsWith("\"")) {
      throw new IllegalArgumentException("not between quotation marks: " + cell);
    }
    return cell.substring(1, cell.length() - 1);
  }

  /**
   * Reads what {@link #toCsv} wrote.
   *
   * @param where it is, for messages
   * @throws InputException with the line, if it was written by something else
   */
  public static TruthTable ofCsv(String csv, String where) {
    List<String> lines = csv.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals(HEADER)) {
      throw new InputException(where + ", line 1: expected '" + HEADER + "'");
    }
    List<Row> rows = new ArrayList<>();
    for (int line = 1; line < lines.size(); line++) {
      String[] cells = lines.get(line).split(",", COLUMNS);
      try {
        rows.add(
            new Row(
                Arrays.stream(cells[0].split(";")).map(Integer::valueOf).toList(),
                unquoted(cells[6]),
                Long.parseLong(cells[1]),
                Long.parseLong(cells[2]),
                shares(cells[3]),
                shares(cells[4]),
                cells[5]));
      } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
        throw new InputException(
            "%s, line %s: expected '%s', got '%s'"
                .formatted(where, line + 1, HEADER, lines.get(line)),
            e);
      }
    }
    return new TruthTable(rows);
  }
}
