package org.espalier.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.config.ConfigSource;
import org.espalier.config.PathBase;
import org.espalier.config.SettingsReader;
import org.espalier.data.ImageDataset;
import org.espalier.data.LabelledData;
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

/**
 * The model of a run. It is of use without the data that the run names, which need not be there.
 */
public final class StoredModel {
  /** Of the images that are drawn for a proof, so that it can be repeated. */
  private static final long PROOF_SEED = 1;

  private final ModelFiles.Stored stored;
  private final DatasetSettings settings;

  private StoredModel(ModelFiles.Stored stored, DatasetSettings settings) {
    this.stored = stored;
    this.settings = settings;
  }

  /** Parts of the data. */
  public enum Part {
    TRAIN,
    VALIDATION,
    TEST
  }

  /**
   * Reads a run's model.
   *
   * @param uri the run's folder
   * @param name of one of several models of the run: its folder in {@code artefacts/}; without it
   *     the one in {@code model/}
   * @throws InputException if there is no complete model
   */
  public static StoredModel open(String uri, Optional<String> name) {
    StoredRun run =
        name.map(given -> StoredRun.model(uri, given)).orElseGet(() -> StoredRun.open(uri));
    String folder = name.map(given -> "artefacts/" + given).orElse("model");
    ModelFiles.Stored stored = ModelFiles.read(run.files(), run.location() + "/" + folder);
    DatasetSettings settings = data(run, stored.data());
    return new StoredModel(stored.orPreprocessing(settings.preprocessing()), settings);
  }

  private static DatasetSettings data(StoredRun run, String named) {
    ConfigSource source = new ConfigSource(run.location() + "/config.yaml", run.config());
    PathBase base = PathBase.of(run.config());
    if (run.command().equals("train")) {
      return SettingsReader.read(source, TrainSettings.class, Map.of(), base).data();
    }
    if (run.command().equals(AdaptJob.COMMAND)) {
      return SettingsReader.read(source, AdaptSettings.class, Map.of(), base).data();
    }
    String name = named.isEmpty() ? SearchData.ONLY : named;
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

  /** Where the run's data are, or were; empty if they come with the program. */
  public String dataPath() {
    return settings.path();
  }

  /** Names of what the model tells apart. */
  public List<String> classes() {
    return stored.classes();
  }

  /**
   * Reads a part of the run's data.
   *
   * @throws InputException if they cannot be read, have changed, or have no such part
   */
  public DataPart own(Part part) {
    List<String> remarks = new ArrayList<>();
    LabelledData data = Datasets.open(settings, HadoopFileSystems.configuration(), remarks::add);
    int[] examples = examples(stored.split().of(data), part);
    if (examples.length == 0) {
      throw new InputException("the run's data have no such part: " + part);
    }
    return new DataPart(data.images(), examples, remarks);
  }

  /**
   * Reads data that the run does not name, all of them.
   *
   * @param path of data of the same kind as the run's
   * @throws InputException if they cannot be read, or have other sizes or classes than the model
   */
  public DataPart other(String path) {
    List<String> remarks = new ArrayList<>();
    ImageDataset images =
        Datasets.open(settings.at(path), HadoopFileSystems.configuration(), remarks::add).images();
    ImageShape taken = stored.network().spec().input();
    if (!images.shape().equals(taken)) {
      throw new InputException(
          "the images in %s are %s, the network of the run takes %s"
              .formatted(path, images.shape(), taken));
    }
    try {
      return DataPart.all(images.among(stored.classes()), remarks);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "the network of the run cannot judge the images in %s: %s"
              .formatted(path, e.getMessage()),
          e);
    }
  }

  /**
   * Evaluates the model.
   *
   * @param part of data
   * @param evaluation what to find out
   */
  public EvaluationResult evaluate(DataPart part, Evaluation evaluation) {
    return evaluation.evaluate(
        stored.network().spec(),
        stored.network().weights(),
        part.images(),
        part.examples(),
        stored.network().normalization());
  }

  /**
   * Exports and proves the model anew: on the test part of the run's data, or on drawn images where
   * the data cannot be used.
   *
   * @param settings how
   * @throws ExportProofException if an export disagrees with our own network, or cannot be run
   */
  public ExportedModel export(ExportSettings settings) {
    settings.check(stored.network().spec().input());
    ProofPixels pixels;
    Optional<String> remark = Optional.empty();
    try {
      pixels = ProofPixels.of(own(Part.TEST), ProofPixels.TEST_PART, settings.proofImages());
    } catch (InputException e) {
      pixels = ProofPixels.drawn(stored.network(), settings.proofImages(), PROOF_SEED);
      remark =
          Optional.of(
              "the data of the run cannot be used (%s), so the files are proved on %s"
                  .formatted(e.getMessage(), pixels.origin()));
    }
    ModelFiles.Exported exported = ModelFiles.export(stored, pixels, settings);
    if (!exported.problems().isEmpty()) {
      throw new ExportProofException(
          String.join("; ", exported.problems()) + "; nothing was written");
    }
    return new ExportedModel(exported.files(), exported.proofs(), remark);
  }

  private static int[] examples(Split split, Part part) {
    return switch (part) {
      case TRAIN -> split.train();
      case VALIDATION -> split.validation();
      case TEST -> split.test();
    };
  }

  /**
   * A model with its exports.
   *
   * @param files contents by name
   * @param proofs that the exports do as our own network does
   * @param remark what people should know of the images of the proofs, if they are none of the data
   */
  public record ExportedModel(
      Map<String, byte[]> files, List<ExportProof> proofs, Optional<String> remark) {
    /** One line about the proofs. */
    public String summary() {
      return Outcomes.proved(proofs);
    }
  }
}
