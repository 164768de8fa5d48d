package org.espalier.job;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.espalier.config.ChosenSection;
import org.espalier.search.method.Method;

/**
 * The search methods there are, sorted by their keys: those that {@code META-INF/services} names
 * where the class loader of the calling thread looks.
 */
public final class Methods implements ChosenSection.Kinds {
  Methods() {}

  /**
   * Every method.
   *
   * @throws IllegalStateException if two have one key or one command, or the settings of one are no
   *     record
   */
  public static List<Method<?>> all() {
    List<Method<?>> all = new ArrayList<>();
    Map<String, Method<?>> keys = new HashMap<>();
    Map<String, Method<?>> commands = new HashMap<>();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    for (Method<?> method : ServiceLoader.load(Method.class, loader)) {
      if (!method.settings().isRecord()) {
        throw new IllegalStateException(
            "the settings of %s must be a record".formatted(method.getClass().getName()));
      }
      claim(keys, "key", method.key(), method);
      method.alias().ifPresent(alias -> claim(commands, "command", alias.command(), method));
      all.add(method);
    }
    all.sort(Comparator.comparing(Method::key));
    return List.copyOf(all);
  }

  private static void claim(
      Map<String, Method<?>> owners, String what, String word, Method<?> method) {
    Method<?> other = owners.putIfAbsent(word, method);
    if (other != null) {
      throw new IllegalStateException(
          "the methods %s and %s both have the %s '%s'"
              .formatted(other.getClass().getName(), method.getClass().getName(), what, word));
    }
  }

  /** The method of a section. */
  static ChosenMethod<?> chosen(ChosenSection section) {
    return all().stream()
        .filter(method -> method.key().equals(section.key()))
        .findFirst()
        .map(method -> ChosenMethod.of(method, section.settings()))
        .orElseThrow(
            () -> new IllegalArgumentException("there is no method '%s'".formatted(section.key())));
  }

  @Override
  public List<ChosenSection.Kind> kinds() {
    return all().stream().map(Methods::kind).toList();
  }

  private static ChosenSection.Kind kind(Method<?> method) {
    Class<? extends Record> type = method.settings().asSubclass(Record.class);
    return new ChosenSection.Kind(method.key(), type, method.title());
  }
}
