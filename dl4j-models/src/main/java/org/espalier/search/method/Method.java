package org.espalier.search.method;

import java.util.Optional;
import org.espalier.search.Search;

/**
 * A search method as the program knows it. From this alone follow its section in configurations,
 * their JSON Schema, its command, and its lines in messages and reports.
 *
 * <p>Whoever adds a method writes a public class that implements this interface and has a public
 * constructor without parameters, and adds one line with the name of that class to {@code
 * META-INF/services/org.espalier.search.method.Method}: in {@code spark-jobs/src/main/resources}
 * for a method of this project, in their own jar for one that lives elsewhere. The class is made
 * anew on the driver and on each executor, so it holds nothing.
 *
 * @param <C> settings of the method, a record
 */
public interface Method<C extends MethodSettings> {
  /** Key of its section in a configuration; different from those of all others. */
  String key();

  /** What it is, as the heading of its reports. */
  String title();

  /** Which record its settings are. */
  Class<C> settings();

  /**
   * The search. A function of its arguments, as executors make it too.
   *
   * @throws org.espalier.text.InputException if the method cannot learn from so many data sets
   */
  Search<?, ?, ?, ?> search(C settings, SearchData data);

  /** A command of its own beside {@code espalier search}, if it has one. */
  default Optional<Alias> alias() {
    return Optional.empty();
  }

  /**
   * A command that searches by one method.
   *
   * @param command name, as the person types it
   * @param description for {@code --help}
   */
  record Alias(String command, String description) {}
}
