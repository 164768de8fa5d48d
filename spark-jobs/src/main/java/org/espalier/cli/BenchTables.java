package org.espalier.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.espalier.search.table.Contest;
import org.espalier.search.table.Entrant;
import org.espalier.search.table.NetworkTable;
import org.espalier.search.table.Spread;
import org.espalier.search.table.TableGame;
import org.espalier.search.table.TableReader;
import org.espalier.tensor.NativeRuntime;
import org.espalier.text.InputException;
import org.espalier.text.Suggestion;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Plays searches on published tables. */
@Command(
    name = "tables",
    description =
        "Play searches on tables of networks that others trained (NAS-Bench-201, NAS-Bench-Macro):"
            + " how good is what they find, by how many networks they asked for? Accuracies are in"
            + " percent.")
final class BenchTables implements Callable<Integer> {
  private static final String HEADER = "table,limit,policy,seed,queries,network,seen,counts,regret";
  private static final int MOST_QUERIES = 100_000;

  private final Surroundings surroundings;

  @Option(
      names = "--data",
      paramLabel = "PATH",
      required = true,
      description = "A table, or a folder with tables: TSV files, compressed by gzip or not.")
  private Path data;

  @Mixin private SeedOptions seeds = new SeedOptions(200);

  @Option(
      names = "--queries",
      paramLabel = "N",
      split = ",",
      defaultValue = "10,50,100,500",
      description = "After how many networks to look, rising; default ${DEFAULT-VALUE}.")
  private List<Integer> queries;

  @Option(
      names = "--policies",
      paramLabel = "NAME",
      split = ",",
      description =
          "Which ways to search; default all of random, evolution, reinforce, relax, asng, lstm,"
              + " regression.")
  private List<String> names = List.of();

  @Option(
      names = "--limits",
      description =
          "Search within limits of FLOPs and of measured latencies instead, and tell the regret"
              + " against the best network within them.")
  private boolean limits;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write a line a search and number of queries here, replacing an earlier table.")
  private Path csv;

  private final List<String> rows = new ArrayList<>();
  private CsvFile table;

  BenchTables(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  @Override
  public Integer call() {
    check();
    names.forEach(BenchTables::checkName);
    // In their own order, so that what others are compared with comes first.
    List<Entrant> entrants =
        Entrant.all().stream()
            .filter(entrant -> names.isEmpty() || names.contains(entrant.name()))
            .toList();
    table = new CsvFile("--csv", csv, HEADER);
    List<NetworkTable> tables = TableReader.read(data);
    NativeRuntime.start();
    for (NetworkTable each : tables) {
      List<Contest> contests = limits ? Contest.limited(each) : List.of(Contest.free(each));
      say("%s, %d networks; %s", each.name(), each.size(), each.judged());
      say(limits ? "Regret against the best network within the limit" : "Accuracy that counts");
      contests.forEach(contest -> play(contest, entrants));
    }
    return ExitCode.DONE;
  }

  private void check() {
    seeds.all(); // Before anything is read or written.
    for (int i = 0; i < queries.size(); i++) {
      int least = i == 0 ? 1 : queries.get(i - 1) + 1;
      if (queries.get(i) < least || queries.get(i) > MOST_QUERIES) {
        throw new InputException(
            "--queries must rise from 1 to at most %s, got %s".formatted(MOST_QUERIES, queries));
      }
    }
  }

  private static void checkName(String name) {
    List<String> known = Entrant.all().stream().map(Entrant::name).toList();
    if (!known.contains(name)) {
      throw new InputException(
          "unknown policy '%s'; %s"
              .formatted(
                  name,
                  Suggestion.closest(name, known)
                      .map(close -> "did you mean '" + close + "'?")
                      .orElse("expected one of " + String.join(", ", known))));
    }
  }

  private void play(Contest contest, List<Entrant> entrants) {
    double best = 100 * contest.table().truth(contest.best());
    say(
        "%s: %.1f %% of the networks; the best has %.2f, the one that is seen as best %.2f",
        contest.limit().isEmpty() ? "no limit" : contest.limit(),
        100 * contest.share(),
        best,
        100 * contest.table().truth(contest.seenAsBest()));
    say("%-11s %s", "policy", columns());
    List<List<Spread>> evolution = new ArrayList<>();
    List<OptionalInt> all = new ArrayList<>();
    for (Entrant entrant : entrants) {
      List<List<OptionalInt>> found = found(contest, entrant, best);
      List<Spread> spreads =
          IntStream.range(0, queries.size()).mapToObj(i -> spread(contest, found, i)).toList();
      if (entrant.name().equals(Entrant.EVOLUTION)) {
        evolution.add(spreads);
      }
      row(entrant, spreads, best);
      found.forEach(all::addAll);
      if (!limits && !evolution.isEmpty() && !entrant.name().equals(Entrant.EVOLUTION)) {
        difference(spreads, evolution.get(0));
      }
    }
    outside(contest, all);
  }

  private String columns() {
    return queries.stream()
        .map(count -> String.format(Locale.ROOT, "%26s", count + " queries"))
        .collect(Collectors.joining());
  }

  private List<List<OptionalInt>> found(Contest contest, Entrant entrant, double best) {
    TableGame game = new TableGame(contest);
    List<List<OptionalInt>> found = new ArrayList<>();
    for (long seed : seeds.all()) {
      List<OptionalInt> own = game.play(entrant, seed, queries);
      found.add(own);
      String search =
          "%s,%s,%s,%s".formatted(contest.table().name(), contest.limit(), entrant.name(), seed);
      write(contest.table(), search, own, best);
    }
    table.write(rows);
    return found;
  }

  private void write(NetworkTable played, String search, List<OptionalInt> found, double best) {
    for (int i = 0; i < queries.size(); i++) {
      if (found.get(i).isPresent()) {
        int number = found.get(i).getAsInt();
        double truth = 100 * played.truth(number);
        rows.add(
            String.format(
                Locale.ROOT,
                "%s,%d,%d,%.4f,%.4f,%.4f",
                search,
                queries.get(i),
                number,
                100 * played.seen(number),
                truth,
                best - truth));
      }
    }
  }

  /** Of what was found; searches that found nothing count as 0. */
  private static Spread spread(Contest contest, List<List<OptionalInt>> found, int at) {
    return Spread.of(
        found.stream()
            .map(each -> each.get(at))
            .map(each -> each.isPresent() ? 100 * contest.table().truth(each.getAsInt()) : 0.0)
            .toList());
  }

  /** Accuracies, or within limits what they are below the best. */
  private void row(Entrant entrant, List<Spread> spreads, double best) {
    say(
        "%-11s %s",
        entrant.name(),
        spreads.stream()
            .map(
                spread ->
                    String.format(
                        Locale.ROOT,
                        "%10.2f +- %.2f (se %.2f)",
                        limits ? best - spread.mean() : spread.mean(),
                        spread.deviation(),
                        spread.error()))
            .collect(Collectors.joining()));
  }

  private void difference(List<Spread> spreads, List<Spread> evolution) {
    say(
        "%-11s %s",
        "  - evol.",
        IntStream.range(0, spreads.size())
            .mapToObj(
                i ->
                    String.format(
                        Locale.ROOT,
                        "%+18.2f (se %.2f)",
                        spreads.get(i).mean() - evolution.get(i).mean(),
                        spreads.get(i).errorTo(evolution.get(i))))
            .collect(Collectors.joining()));
  }

  /** Says how often searches had found nothing, or something over the limit. */
  private void outside(Contest contest, List<OptionalInt> found) {
    long nothing = found.stream().filter(OptionalInt::isEmpty).count();
    long over =
        found.stream().filter(each -> each.isPresent() && !contest.allows(each.getAsInt())).count();
    if (limits || nothing > 0) {
      say("over the limit: %d of %d, nothing found: %d", over, found.size(), nothing);
    }
  }

  private void say(String format, Object... arguments) {
    surroundings.out().println(String.format(Locale.ROOT, format, arguments));
    surroundings.out().flush();
  }
}
