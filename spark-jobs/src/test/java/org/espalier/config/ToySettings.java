package org.espalier.config;

import java.util.List;
import java.util.Map;
import org.espalier.settings.Checks;
import org.espalier.settings.Required;
import org.espalier.settings.SettingException;

/** One of everything that settings may hold. */
record ToySettings(
    long seed,
    @Required("how it is done") Kind kind,
    Double rate,
    List<Integer> widths,
    Form form,
    Map<String, String> spark,
    Boolean fast) {
  enum Kind {
    SLOW_AND_SURE,
    QUICK
  }

  sealed interface Form {
    record Round(double radius) implements Form {}

    record Square(int side, String name) implements Form {
      public Square {
        name = name == null ? "square" : name;
        Checks.atLeast("side", 1, side);
      }
    }
  }

  ToySettings {
    Checks.present("kind", kind);
    rate = rate == null ? 0.1 : rate;
    widths = widths == null ? List.of(8, 16) : List.copyOf(widths);
    form = form == null ? new Form.Round(1) : form;
    spark = spark == null ? Map.of() : Map.copyOf(spark);
    fast = fast != null && fast;
    if (!(rate > 0 && rate <= 1)) {
      throw new SettingException("rate", "must be in (0, 1], got " + rate);
    }
  }
}
