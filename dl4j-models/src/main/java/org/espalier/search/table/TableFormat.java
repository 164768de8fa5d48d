package org.espalier.search.table;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.espalier.search.cell.space.DenseCellSpace;
import org.espalier.search.cell.space.NasBench201;
import org.espalier.search.space.CostModel;
import org.espalier.text.InputException;

/** A published table: what its columns are and mean. */
enum TableFormat {
  /**
   * NAS-Bench-201 (Dong and Yang, ICLR 2020) with the latencies of HW-NAS-Bench (Li et al., ICLR
   * 2021). Searches see the validation accuracy on CIFAR-10 after 12 epochs; it is that after 200
   * epochs that counts.
   */
  NAS_BENCH_201(
      "NAS-Bench-201",
      "index\tcell\tcifar10_val_12ep\tcifar100_val_12ep\timagenet16_val_12ep\tcifar10_val_200ep"
          + "\tflops\tparams\traspi4_latency_ms\tpixel3_latency_ms\tedgegpu_latency_ms",
      "seen: CIFAR-10 validation after 12 epochs; counts: after 200 epochs",
      "40 60 80 100") {
    @Override
    TableRow row(Cells cells) {
      List<Integer> picks = Cells201.SPACE.picks(cells.text("cell"));
      long published = cells.whole("flops");
      if (published != Cells201.FLOPS.exact(picks)) {
        throw new InputException(
            "flops of '%s' are %s, expected %s"
                .formatted(cells.text("cell"), published, Cells201.FLOPS.exact(picks)));
      }
      Map<String, Long> costs = new LinkedHashMap<>();
      costs.put(FLOPS, published);
      for (String device : List.of("raspi4", "pixel3", "edgegpu")) {
        costs.put(device, cells.nanoseconds(device + "_latency_ms"));
      }
      return new TableRow(
          picks, cells.percent("cifar10_val_12ep"), cells.percent("cifar10_val_200ep"), costs);
    }
  },

  /**
   * NAS-Bench-Macro (Su et al., CVPR 2021): the mean test accuracy on CIFAR-10 of three trainings,
   * which searches see and which counts.
   */
  NAS_BENCH_MACRO(
      "NAS-Bench-Macro",
      "arch\ttest_acc_mean\ttest_acc_std\tparams\tflops",
      "seen and counts: mean CIFAR-10 test accuracy of three trainings",
      "20 30 40 50 60 80") {
    @Override
    TableRow row(Cells cells) {
      String arch = cells.text("arch");
      if (!arch.matches("[0-2]{8}")) {
        throw new InputException("arch is '%s', expected eight digits from 0 to 2".formatted(arch));
      }
      double accuracy = cells.percent("test_acc_mean");
      return new TableRow(
          arch.chars().mapToObj(digit -> digit - '0').toList(),
          accuracy,
          accuracy,
          Map.of(FLOPS, cells.whole("flops")));
    }
  };

  /** What tables publish as FLOPs: multiply-accumulates, and perhaps small terms. */
  static final String FLOPS = "publishedFlops";

  private static final long MEGA = 1_000_000;

  /** What the cells of NAS-Bench-201 mean. */
  private static final class Cells201 {
    private static final DenseCellSpace SPACE = NasBench201.space();
    private static final CostModel FLOPS = NasBench201.publishedFlops();
  }

  private final String label;
  private final String header;
  private final String judged;
  private final String usualMegaflops;

  TableFormat(String label, String header, String judged, String usualMegaflops) {
    this.label = label;
    this.header = header;
    this.judged = judged;
    this.usualMegaflops = usualMegaflops;
  }

  /** Name, for people. */
  String label() {
    return label;
  }

  /** The first line, parted by tabs. */
  String header() {
    return header;
  }

  /** What a search is told of a network, and what counts, for people. */
  String judged() {
    return judged;
  }

  /** Usual limits of {@link #FLOPS}. */
  List<Long> usualFlops() {
    return Arrays.stream(usualMegaflops.split(" "))
        .map(each -> MEGA * Long.parseLong(each))
        .toList();
  }

  /** An amount of a cost, for people. */
  static String amount(String cost, long amount) {
    return cost.equals(FLOPS)
        ? "%s M %s".formatted(amount / MEGA, FLOPS)
        : String.format(Locale.ROOT, "%.3f ms on %s", amount / 1e6, cost);
  }

  /**
   * Reads a line.
   *
   * @throws InputException saying what is wrong with it
   */
  abstract TableRow row(Cells cells);

  /**
   * A line of a table.
   *
   * @param names of the columns
   * @param values as many
   */
  record Cells(List<String> names, List<String> values) {
    String text(String name) {
      return values.get(names.indexOf(name));
    }

    /** A number above 0. */
    long whole(String name) {
      try {
        long value = Long.parseLong(text(name));
        if (value > 0) {
          return value;
        }
      } catch (NumberFormatException e) {
        throw wrong(name, "a whole number above 0", e);
      }
      throw wrong(name, "a whole number above 0", null);
    }

    /** Percent as a share. */
    double percent(String name) {
      double value = number(name);
      if (!(value >= 0 && value <= 100)) {
        throw wrong(name, "a number from 0 to 100", null);
      }
      return value / 100;
    }

    /** Milliseconds as nanoseconds. */
    long nanoseconds(String name) {
      double value = number(name);
      if (!(value > 0 && value < 1e9)) {
        throw wrong(name, "milliseconds above 0", null);
      }
      return Math.max(1, (long) StrictMath.rint(value * 1e6));
    }

    private double number(String name) {
      try {
        return Double.parseDouble(text(name));
      } catch (NumberFormatException e) {
        throw wrong(name, "a number", e);
      }
    }

    private InputException wrong(String name, String expected, Exception cause) {
      return new InputException(
          "%s is '%s', expected %s".formatted(name, text(name), expected), cause);
    }
  }
}
