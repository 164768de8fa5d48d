package org.espalier.cli;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.espalier.data.DataException;
import org.espalier.data.format.OnUnreadable;
import org.espalier.job.PictureClassifier;
import org.espalier.job.PictureClassifier.Answer;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says what pictures show. */
@Command(
    name = "predict",
    description =
        "Say what pictures show, by a model alone: a line each with path, class and probability.",
    footer = {
      "",
      "Pictures are turned, scaled and made grey or coloured as those that the model was trained on;"
          + " if these were never scaled, another size is refused. Standard output has the records"
          + " alone; what else is to say goes to standard error."
    })
final class PredictCommand implements Callable<Integer> {
  private static final String STANDARD_INPUT = "-";
  private static final int PROGRESS = 10_000;

  private final Surroundings surroundings;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder of the model: RUN/model, or what 'espalier export' wrote.")
  private String model;

  @Parameters(
      arity = "1..*",
      paramLabel = "PICTURE|FOLDER",
      description =
          "Pictures, and folders of which all pictures at any depth are meant; - takes such names"
              + " from standard input, one a line.")
  private List<String> places;

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "csv",
      description =
          "csv, with a heading, or jsonl, a JSON object a line; default ${DEFAULT-VALUE}.")
  private PredictionFormat format;

  @Option(
      names = "--output",
      paramLabel = "FILE",
      description = "A new file for the records; default standard output.")
  private String output;

  @Option(
      names = "--top",
      paramLabel = "N",
      defaultValue = "1",
      description = "How many classes of each picture, the most probable first; default 1.")
  private int top;

  @Option(
      names = "--on-unreadable",
      paramLabel = "WHAT",
      defaultValue = "fail",
      description =
          "What becomes of a picture that cannot be read: fail, or skip, which names it and goes"
              + " on; default ${DEFAULT-VALUE}.")
  private OnUnreadable onUnreadable;

  private long classified;
  private long unreadable;

  PredictCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    if (top < 1) {
      throw new InputException("--top must be at least 1, got " + top);
    }
    places.stream()
        .filter(place -> !place.equals(STANDARD_INPUT))
        .forEach(PictureClassifier::check);
    NativeRuntime.start();
    try (PictureClassifier classifier = PictureClassifier.open(model);
        RecordOutput records =
            output == null
                ? RecordOutput.on(surroundings.out())
                : RecordOutput.in("--output", output, surroundings.out())) {
      classifier.classify(
          named(),
          new PictureClassifier.Manner(top, this::refuse, surroundings.err()::println),
          answers -> write(answers, records));
      if (classified == 0) {
        throw new InputException(
            unreadable > 0
                ? "none of the pictures can be read"
                : "standard input named no pictures");
      }
      records.finish();
    }
    surroundings
        .err()
        .printf(
            Locale.ROOT,
            "classified %,d %s%s%n",
            classified,
            classified == 1 ? "picture" : "pictures",
            unreadable == 0
                ? ""
                : String.format(Locale.ROOT, "; %,d cannot be read and were left out", unreadable));
    return ExitCode.DONE;
  }

  private Stream<String> named() {
    BufferedReader input =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    return places.stream()
        .flatMap(place -> place.equals(STANDARD_INPUT) ? input.lines() : Stream.of(place));
  }

  private void refuse(DataException problem) {
    if (onUnreadable == OnUnreadable.FAIL) {
      throw problem.withAdvice("'--on-unreadable skip' leaves such pictures out");
    }
    unreadable++;
    surroundings.err().println("left out: " + problem.getMessage());
  }

  private void write(List<Answer> answers, RecordOutput records) {
    StringBuilder text = new StringBuilder();
    if (classified == 0) {
      text.append(format.heading(answers.get(0).guesses().size()));
    }
    boolean terminal = output == null && surroundings.terminal();
    answers.forEach(answer -> text.append(format.record(answer, terminal)));
    records.write(text.toString());
    long before = classified;
    classified += answers.size();
    if (output != null && classified / PROGRESS > before / PROGRESS) {
      surroundings.err().printf(Locale.ROOT, "%,d pictures so far%n", classified);
    }
  }
}
