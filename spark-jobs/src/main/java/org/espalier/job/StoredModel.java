package org.espalier.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.espalier.config.ConfigSource;
import org.espalier.config.PathBase;
import org.espalier.config.SettingsReader;
import org.espalier.data.ImageDataset;
import org.espalier.data.LabelledData;
import org.espalier.data.Normalization;
import org.espalier.data.Split;
import org.espalier.data.format.DatasetSettings;
import org.espalier.data.format.Datasets;
import org.espalier.export.ExportProof;
import org.espalier.export.ExportProofException;
import org.espalier.network.ImageShape;
import org.espalier.run.StoredRun;
import org.espalier.search.method.SearchData;
import org.espalier.storage.HadoopFileSystems;
import org.espalier.text.InputException;
import org.espalier.training.Evaluation;
import org.espalier.training.EvaluationResult;

/** The model of a run together with the data that the run names. */
public final class StoredModel {
  private final ModelFiles.Stored stored;
  private final JobData data;
  private final String dataPath;

  private StoredModel(ModelFiles.Stored stored, JobData data, String dataPath) {
    this.stored = stored;
    this.data = data;
    this.dataPath = dataPath;
  }

  /** Parts of the data. */
  public enum Part {
    TRAIN,
    VALIDATION,
    TEST
  }

  /**
   * Reads a run's model and data.
   *
   * @param uri the run's folder
   * @throws InputException if there is no complete model, or the data have changed
   */
  public static StoredModel open(String uri) {
    StoredRun run = StoredRun.open(uri);
    ModelFiles.Stored stored = ModelFiles.read(run.model(), run.location() + "/model");
    DatasetSettings settings = data(run, name(stored));
    List<String> remarks = new ArrayList<>();
    LabelledData data = Datasets.open(settings, HadoopFileSystems.configuration(), remarks::add);
    return of(stored, data, stored.split().of(data), remarks, settings.path());
  }

  /**
   * Reads a run's model, for data that the run does not name: {@link #evaluateAll}.
   *
   * @param uri the run's folder
   * @param path of data of the same kind as the run's
   * @throws InputException if there is no complete model, or the data have other sizes or classes
   *     than it
   */
  public static StoredModel on(String uri, String path) {
    StoredRun run = StoredRun.open(uri);
    ModelFiles.Stored stored = ModelFiles.read(run.model(), run.location() + "/model");
    DatasetSettings settings = data(run, name(stored)).at(path);
    List<String> remarks = new ArrayList<>();
    ImageDataset images =
        Datasets.open(settings, HadoopFileSystems.configuration(), remarks::add).images();
    ImageShape taken = stored.network().spec().input();
    if (!images.shape().equals(taken)) {
      throw new InputException(
          "the images in %s are %s, the network of the run takes %s"
              .formatted(path, images.shape(), taken));
    }
    LabelledData data;
    try {
      data = new LabelledData(images.among(stored.classes()), 0, 0);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "the network of the run cannot judge the images in %s: %s"
              .formatted(path, e.getMessage()),
          e);
    }
    int[] all = IntStream.range(0, images.size()).toArray();
    Split split =
        new Split(
            data.fingerprint(), stored.split().settings(), false, all, new int[0], new int[0]);
    return of(stored, data, split, remarks, settings.path());
  }

  private static StoredModel of(
      ModelFiles.Stored stored,
      LabelledData data,
      Split split,
      List<String> remarks,
      String dataPath) {
    Normalization normalization = stored.network().normalization();
    return new StoredModel(
        stored, new JobData(name(stored), data, split, normalization, remarks), dataPath);
  }

  private static String name(ModelFiles.Stored stored) {
    return stored.data().isEmpty() ? SearchData.ONLY : stored.data();
  }

  private static DatasetSettings data(StoredRun run, String name) {
    ConfigSource source = new ConfigSource(run.location() + "/config.yaml", run.config());
    PathBase base = PathBase.of(run.config());
    if (run.command().equals("train")) {
      return SettingsReader.read(source, TrainSettings.class, Map.of(), base).data();
    }
    DatasetSettings data =
        SettingsReader.read(source, SearchSettings.class, Map.of(), base).namedData().get(name);
    if (data == null) {
      throw new InputException(
          "the model of the run at %s was trained on the data set '%s', which its config.yaml does"
                  .formatted(run.location(), name)
              + " not have");
    }
    return data;
  }

  /** What people should know of the data, a line each. */
  public List<String> remarks() {
    return data.remarks();
  }

  /** Where the data are; empty if they come with the program. */
  public String dataPath() {
    return dataPath;
  }

  /** Names of what the model tells apart. */
  public List<String> classes() {
    return stored.classes();
  }

  /**
   * Evaluates the model.
   *
   * @param part of the data
   * @param evaluation what to find out
   */
  public EvaluationResult evaluate(Part part, Evaluation evaluation) {
    int[] examples = examples(part);
    if (examples.length == 0) {
      throw new InputException("the run's data have no such part: " + part);
    }
    return evaluate(examples, evaluation);
  }

  /** Evaluates the model on all data there are. */
  public EvaluationResult evaluateAll(Evaluation evaluation) {
    return evaluate(IntStream.range(0, data.data().images().size()).toArray(), evaluation);
  }

  private EvaluationResult evaluate(int[] examples, Evaluation evaluation) {
    return evaluation.evaluate(
        stored.network().spec(),
        stored.network().weights(),
        data.data().images(),
        examples,
        data.normalization());
  }

  /**
   * Exports and proves the model anew.
   *
   * @param settings how
   * @return the files by name, and one line about the proofs
   * @throws ExportProofException if an export disagrees with our own network, or cannot be run
   */
  public ExportedModel export(ExportSettings settings) {
    settings.check(stored.network().spec().input());
    ModelFiles.Exported exported =
        ModelFiles.export(stored.network(), data, examples(Part.TEST), settings);
    if (!exported.problems().isEmpty()) {
      throw new ExportProofException(
          String.join("; ", exported.problems()) + "; nothing was written");
    }
    return new ExportedModel(exported.files(), exported.proofs());
  }

  private int[] examples(Part part) {
    return switch (part) {
      case TRAIN -> data.split().train();
      case VALIDATION -> data.split().validation();
      case TEST -> data.split().test();
    };
  }

  /**
   * A model with its exports.
   *
   * @param files contents by name
   * @param proofs that the exports do as our own network does
   */
  public record ExportedModel(Map<String, byte[]> files, List<ExportProof> proofs) {
    /** One line about the proofs. */
    public String summary() {
      return Outcomes.proved(proofs);
    }
  }
}
