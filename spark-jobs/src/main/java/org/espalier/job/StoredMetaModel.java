package org.espalier.job;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import org.espalier.config.ConfigSource;
import org.espalier.config.PathBase;
import org.espalier.config.SettingsReader;
import org.espalier.data.format.DatasetSettings;
import org.espalier.meta.DomainFacts;
import org.espalier.meta.FamilyScore;
import org.espalier.meta.MetaEvaluation;
import org.espalier.meta.MetaModel;
import org.espalier.run.StoredRun;
import org.espalier.storage.Hashes;
import org.espalier.text.InputException;

/** What a run of meta search has learned. */
public final class StoredMetaModel {
  private static final String MAKER = "meta";

  private final StoredRun run;
  private final MetaModel model;
  private final String fingerprint;

  private StoredMetaModel(StoredRun run, MetaModel model, String fingerprint) {
    this.run = run;
    this.model = model;
    this.fingerprint = fingerprint;
  }

  /**
   * Reads the model of a run.
   *
   * @param uri the run's folder
   * @throws InputException if there is none that can be used
   */
  public static StoredMetaModel open(String uri) {
    StoredRun run = StoredRun.artefact(uri, MetaModel.KIND, MAKER);
    byte[] file = run.files().get(MetaModel.FILE);
    if (file == null) {
      throw new InputException(
          "the %s of the run at %s has no file %s"
              .formatted(MetaModel.KIND, run.location(), MetaModel.FILE));
    }
    String where = "%s/artefacts/%s/%s".formatted(run.location(), MetaModel.KIND, MetaModel.FILE);
    return new StoredMetaModel(run, MetaModel.read(file, where), Hashes.hex(file));
  }

  /** What was learned. */
  public MetaModel model() {
    return model;
  }

  /** SHA-256 of its file. */
  String fingerprint() {
    return fingerprint;
  }

  /**
   * Adapts to new tasks of the data that it was learned from.
   *
   * @param evaluation which tasks
   * @param moved where the data are now, if they are one set and no longer where they were
   * @param progress is told the share of all tasks that is done
   * @throws InputException if the data cannot be read, or are others
   */
  public List<FamilyScore> evaluate(
      MetaEvaluation evaluation, Optional<String> moved, DoubleConsumer progress) {
    NamedData data = data(moved);
    for (DomainFacts family : model.families()) {
      String known = family.images().get(0).fingerprint();
      String found = data.named(family.name()).fingerprint();
      if (!found.equals(known)) {
        throw new InputException(
            ("the data of the family '%s' are not those that the meta-model was learned from: their"
                    + " fingerprint is %s, expected %s; restore them, or say where they are by"
                    + " --data")
                .formatted(family.name(), found, known));
      }
    }
    return evaluation.of(model, data.loader(), progress);
  }

  private NamedData data(Optional<String> moved) {
    ConfigSource source = new ConfigSource(run.location() + "/config.yaml", run.config());
    SearchSettings settings =
        SettingsReader.read(source, SearchSettings.class, Map.of(), PathBase.of(run.config()));
    Map<String, DatasetSettings> named = settings.namedData();
    if (moved.isPresent()) {
      if (named.size() > 1) {
        throw new InputException(
            "--data is one place, and the meta-model was learned from several data sets: %s"
                .formatted(String.join(", ", named.keySet())));
      }
      Map.Entry<String, DatasetSettings> only = named.entrySet().iterator().next();
      named = Map.of(only.getKey(), only.getValue().at(moved.get()));
    }
    return NamedData.open(named, settings.chosen().settings().split());
  }
}
