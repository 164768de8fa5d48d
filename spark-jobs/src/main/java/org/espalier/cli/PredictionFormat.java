package org.espalier.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.espalier.job.PictureClassifier.Answer;
import org.espalier.job.PictureClassifier.Guess;
import org.espalier.text.CsvFields;

/** How answers about pictures are written: a line each, whatever names are in it. */
enum PredictionFormat {
  /** Comma-separated values below a heading, quoted as of RFC 4180. */
  CSV {
    @Override
    String heading(int guesses) {
      List<String> names = new ArrayList<>(List.of("path", "class", "probability"));
      for (int rank = 2; rank <= guesses; rank++) {
        names.add("class" + rank);
        names.add("probability" + rank);
      }
      return String.join(",", names) + "\n";
    }

    @Override
    String record(Answer answer, boolean terminal) {
      List<String> fields = new ArrayList<>(List.of(field(answer.place(), terminal)));
      for (Guess guess : answer.guesses()) {
        fields.add(field(guess.name(), terminal));
        fields.add(rounded(guess).toPlainString());
      }
      return String.join(",", fields) + "\n";
    }

    private static String field(String text, boolean terminal) {
      return CsvFields.of(terminal ? Screen.visible(text) : text);
    }
  },

  /** A JSON object a line. */
  JSONL {
    @Override
    String heading(int guesses) {
      return "";
    }

    @Override
    String record(Answer answer, boolean terminal) {
      Map<String, Object> record = new LinkedHashMap<>(Map.of("path", answer.place()));
      record.putAll(fields(answer.guesses().get(0)));
      if (answer.guesses().size() > 1) {
        record.put("top", answer.guesses().stream().map(PredictionFormat::fields).toList());
      }
      return JsonLine.of(record, terminal);
    }
  };

  private static final int DECIMALS = 6;

  /**
   * What stands above the records.
   *
   * @param guesses of each record
   */
  abstract String heading(int guesses);

  /**
   * One answer, with the end of its line.
   *
   * @param terminal whether it goes to a terminal, whose cursor no name may move
   */
  abstract String record(Answer answer, boolean terminal);

  private static Map<String, Object> fields(Guess guess) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("class", guess.name());
    fields.put("probability", rounded(guess));
    return fields;
  }

  private static BigDecimal rounded(Guess guess) {
    return BigDecimal.valueOf(guess.probability()).setScale(DECIMALS, RoundingMode.HALF_EVEN);
  }
}
