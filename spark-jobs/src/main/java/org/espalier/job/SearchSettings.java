package org.espalier.job;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.espalier.config.ChosenSection;
import org.espalier.data.format.DatasetSettings;
import org.espalier.search.method.SearchData;
import org.espalier.search.rounds.Groups;
import org.espalier.settings.Checks;
import org.espalier.settings.OneOf;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.text.InputException;
import org.espalier.training.Evaluation;

/**
 * Configuration of {@code espalier search}, {@code espalier quickstart} and the commands of single
 * methods: one section says which method searches.
 *
 * @param seed of all randomness of search and trainings; default 1
 * @param data what to learn from, if it is one data set
 * @param dataSets what to learn from, by names of your choice (letters, digits, hyphens and
 *     underscores), for methods that learn from several data sets
 * @param method which method searches, and its settings
 * @param groups into which each round's items are dealt; part of the result, so not taken from the
 *     cluster; default 16
 * @param reproducible whether executors that calculate differently are refused, and a run begun
 *     where numbers are computed differently; may be changed in an unfinished run, as after an
 *     update of Java; default true
 * @param startSeconds how long to wait for the first executor, at least 1; default 60
 * @param checkpointSeconds how often at least the run can be gone on from, between rounds; 0 means
 *     after every round; default 30. It can also be gone on from every phase's end
 * @param sharedFileSystem whether every machine of the cluster has this one's files under the same
 *     paths, so that paths without a scheme may be given with a master elsewhere; default false
 * @param evaluation on the test part, once for each final network; default its defaults
 * @param export of the network found; default its defaults
 */
@OneOf(
    value = {"data", "dataSets"},
    exclusive = true,
    what = "what to learn from")
public record SearchSettings(
    Long seed,
    DatasetSettings data,
    Map<String, DatasetSettings> dataSets,
    @ChosenSection.Among(value = Methods.class, what = "the method that searches")
        ChosenSection method,
    @Range(min = 1, max = Groups.MAX) Integer groups,
    Boolean reproducible,
    @Range(min = 1, max = Range.MANY) Integer startSeconds,
    @Range(min = 0, max = Range.MANY) Integer checkpointSeconds,
    Boolean sharedFileSystem,
    Evaluation evaluation,
    ExportSettings export)
    implements ClusterSettings {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+");

  public SearchSettings {
    seed = Checks.given(seed, 1L);
    Checks.present("method", method);
    if ((data == null) == (dataSets == null)) {
      throw new SettingException("data", "or dataSets must be given, and not both");
    }
    dataSets = dataSets == null ? null : checked(dataSets);
    groups = Checks.given(groups, Groups.DEFAULT);
    reproducible = Checks.given(reproducible, true);
    startSeconds = Checks.given(startSeconds, 60);
    checkpointSeconds = Checks.given(checkpointSeconds, 30);
    sharedFileSystem = Checks.given(sharedFileSystem, false);
    evaluation = Checks.given(evaluation, Evaluation.standard());
    export = Checks.given(export, ExportSettings.STANDARD);
    Checks.ranges(
        SearchSettings.class,
        seed,
        data,
        dataSets,
        method,
        groups,
        reproducible,
        startSeconds,
        checkpointSeconds,
        sharedFileSystem,
        evaluation,
        export);
    try {
      Methods.chosen(method).settings().checkHandsOver();
    } catch (SettingException e) {
      throw e.under(method.key());
    }
  }

  private static Map<String, DatasetSettings> checked(Map<String, DatasetSettings> dataSets) {
    if (dataSets.isEmpty()) {
      throw new SettingException("dataSets", "must have at least one data set");
    }
    for (String name : dataSets.keySet()) {
      if (!NAME.matcher(name).matches()) {
        throw new SettingException(
            "dataSets", "must have names of letters, digits, - and _, got '%s'".formatted(name));
      }
    }
    return Collections.unmodifiableMap(new TreeMap<>(dataSets));
  }

  @Override
  public Map<String, DatasetSettings> namedData() {
    return dataSets == null ? Map.of(SearchData.ONLY, data) : dataSets;
  }

  @Override
  public String keyOf(String name) {
    return dataSets == null ? "data" : "dataSets." + name;
  }

  /**
   * Insists on a method.
   *
   * @param key of its section
   * @param command as the person called it
   * @throws InputException if another method is given
   */
  public void require(String key, String command) {
    if (!method.key().equals(key)) {
      throw new InputException(
          "espalier %s searches by %s, but the configuration has the section %s; 'espalier search'"
                  .formatted(command, key, method.key())
              + " takes any");
    }
  }

  /** The method that searches. */
  ChosenMethod<?> chosen() {
    return Methods.chosen(method);
  }
}
