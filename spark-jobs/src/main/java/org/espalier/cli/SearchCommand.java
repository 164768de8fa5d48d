package org.espalier.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.espalier.job.Methods;
import org.espalier.search.method.Method;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Searches by the method that the configuration names, or by the one whose command it is. */
@Command(
    name = "search",
    description =
        "Search a network under a budget on Spark by the method that the configuration names,"
            + " retrain it, evaluate, export with proof, report.")
final class SearchCommand implements Callable<Integer> {
  private final Surroundings surroundings;
  private final String command;
  private final Optional<String> method;

  @Mixin private RunOptions options;

  private SearchCommand(Surroundings surroundings, String command, Optional<String> method) {
    this.surroundings = surroundings;
    this.command = command;
    this.method = method;
  }

  /** {@code search} and the commands of single methods. */
  static List<CommandLine> lines(Surroundings surroundings) {
    List<Method<?>> methods = Methods.all();
    List<CommandLine> lines = new ArrayList<>();
    lines.add(any(surroundings, methods));
    for (Method<?> method : methods) {
      method.alias().ifPresent(alias -> lines.add(of(surroundings, method.key(), alias)));
    }
    return lines;
  }

  private static CommandLine any(Surroundings surroundings, List<Method<?>> methods) {
    CommandLine line = new CommandLine(new SearchCommand(surroundings, "search", Optional.empty()));
    line.getCommandSpec()
        .usageMessage()
        .footer(
            Stream.concat(
                    Stream.of("", "Methods, by their section in the configuration:"),
                    methods.stream().map(SearchCommand::named))
                .toArray(String[]::new));
    return line;
  }

  private static String named(Method<?> method) {
    String alias =
        method.alias().map(each -> " (espalier %s)".formatted(each.command())).orElse("");
    return text("  %s: %s%s".formatted(method.key(), method.title(), alias));
  }

  /** Picocli takes lines for formats. */
  private static String text(String line) {
    return line.replace("%", "%%");
  }

  private static CommandLine of(Surroundings surroundings, String key, Method.Alias alias) {
    CommandLine line =
        new CommandLine(new SearchCommand(surroundings, alias.command(), Optional.of(key)));
    line.getCommandSpec().name(alias.command());
    line.getCommandSpec().usageMessage().description(text(alias.description()));
    return line;
  }

  @Override
  public Integer call() {
    return new SearchStart(surroundings, options, command).start(Optional.empty(), method);
  }
}
