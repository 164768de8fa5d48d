package org.espalier.cli;

import java.util.Map;
import java.util.Set;
import org.espalier.config.ConfigException;
import org.espalier.config.ConfigSource;
import org.espalier.config.SettingsReader;
import org.espalier.job.AdaptSettings;
import org.espalier.job.SearchSettings;
import org.espalier.job.TrainSettings;

/** Reads configurations, and names the right command for one that was given to another. */
final class Configurations {
  private static final Map<Class<? extends Record>, String> COMMANDS =
      Map.of(
          TrainSettings.class,
          "train",
          SearchSettings.class,
          "search",
          AdaptSettings.class,
          "adapt");

  private Configurations() {}

  /**
   * Reads a configuration.
   *
   * @param overrides values in place of those of keys at the top
   * @throws ConfigException naming every problem, or the command whose configuration it is
   */
  static <T extends Record> T read(
      ConfigSource source, Class<T> type, Map<String, String> overrides) {
    try {
      return SettingsReader.read(source, type, overrides);
    } catch (ConfigException problems) {
      Set<String> keys = SettingsReader.keys(source);
      COMMANDS.forEach(
          (other, command) -> {
            if (other != type
                && !SettingsReader.knownKeys(type).containsAll(keys)
                && SettingsReader.knownKeys(other).containsAll(keys)) {
              throw new ConfigException(
                  "%s: is a configuration of 'espalier %s', which takes it: espalier %s --config %s"
                      .formatted(source.name(), command, command, source.name()));
            }
          });
      throw problems;
    }
  }
}
