package org.espalier.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.espalier.data.Normalization;
import org.espalier.data.Split;
import org.espalier.data.format.PicturePreprocessing;
import org.espalier.export.ExportFormat;
import org.espalier.export.ExportProof;
import org.espalier.export.ModelExport;
import org.espalier.export.ProofImages;
import org.espalier.network.Network;
import org.espalier.network.NetworkSpec;
import org.espalier.network.NetworkSpecs;
import org.espalier.network.ParameterSet;
import org.espalier.network.ShapeInference;
import org.espalier.search.method.SearchData;
import org.espalier.storage.Archive;
import org.espalier.text.InputException;
import org.espalier.training.TrainedWeights;

/** The files of a run's {@code model/} folder. */
final class ModelFiles {
  private static final String NETWORK = "network.json";
  private static final String WEIGHTS = "weights.espalier";
  private static final String INPUT = "input.json";
  private static final String SPLIT = "split.json";
  private static final String ONNX = "model.onnx";
  private static final String DL4J = "model-dl4j.zip";
  private static final String DATA = "data";
  private static final String PREPROCESSING = "preprocessing";
  private static final String PROOF = "proof.json";

  /**
   * Of {@link #INPUT}; files of the first have no number, and do not say what makes images of
   * pictures. To be raised with every change that the program before would misread.
   */
  private static final int FORMAT = 2;

  private static final ObjectMapper JSON = new ObjectMapper();

  private ModelFiles() {}

  /**
   * A model with its exports.
   *
   * @param files contents by name
   * @param proofs how the exports compare with our own network
   * @param problems what is wrong with exports, which are not among the files then; usually none
   */
  record Exported(Map<String, byte[]> files, List<ExportProof> proofs, List<String> problems) {}

  /**
   * What is needed to use a model again.
   *
   * @param network the trained network
   * @param data name of the data set that it was trained on, in a run with several; else empty
   * @param classes names of what it tells apart
   * @param preprocessing what makes of pictures such images as it was trained on; empty in files of
   *     an older version, which did not say it
   * @param split of the data it was trained on
   */
  record Stored(
      FinalNetwork network,
      String data,
      List<String> classes,
      Optional<PicturePreprocessing> preprocessing,
      Split split) {
    Stored {
      classes = List.copyOf(classes);
    }

    /** A network with what is to be known of the data that it was trained on. */
    static Stored of(FinalNetwork network, JobData data) {
      String name = data.name().equals(SearchData.ONLY) ? "" : data.name();
      return new Stored(
          network,
          name,
          data.data().images().classes(),
          Optional.of(data.preprocessing()),
          data.split());
    }

    /** The same, saying what makes its images of pictures if it does not say it yet. */
    Stored orPreprocessing(PicturePreprocessing other) {
      return new Stored(network, data, classes, preprocessing.or(() -> Optional.of(other)), split);
    }
  }

  /**
   * Exports and proves a network on the test part of its data, as far as the settings want it.
   *
   * @param data that the network was trained on
   */
  static Exported export(FinalNetwork network, JobData data, ExportSettings settings) {
    ProofPixels pixels = ProofPixels.of(data.test(), ProofPixels.TEST_PART, settings.proofImages());
    return export(Stored.of(network, data), pixels, settings);
  }

  /**
   * Exports and proves a network. What is needed to use it again is among the files whatever
   * becomes of the exports.
   *
   * @param pixels to prove it on
   */
  static Exported export(Stored model, ProofPixels pixels, ExportSettings settings) {
    FinalNetwork network = model.network();
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put(NETWORK, utf8(NetworkSpecs.toJson(network.spec())));
    files.put(WEIGHTS, network.archive().toBytes());
    files.put(INPUT, input(model));
    files.put(SPLIT, utf8(model.split().toJson()));

    List<ExportProof> proofs = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try (ParameterSet parameters = network.parameters()) {
      ProofImages images =
          ProofImages.run(
              new Network(network.spec(), parameters),
              network.exportedNormalization(),
              pixels.values());
      for (ModelExport.Proved each :
          ModelExport.prove(
              network
                  .exportable(parameters)
                  .withClassNames(model.classes())
                  .withProducerVersion(Build.here().version()),
              settings.onnx(),
              images)) {
        each.proof().ifPresent(proofs::add);
        if (each.passed()) {
          files.put(each.format() == ExportFormat.ONNX ? ONNX : DL4J, each.file());
        } else {
          problems.add(each.problem());
        }
      }
    }
    files.put(PROOF, utf8(ExportProof.toJson(proofs, pixels.origin())));
    return new Exported(files, proofs, problems);
  }

  /**
   * Reads a model.
   *
   * @param files of a model folder
   * @param where the folder as the user knows it
   */
  static Stored read(Map<String, byte[]> files, String where) {
    NetworkSpec spec =
        NetworkSpecs.fromJson(text(file(files, NETWORK, where)), where + "/" + NETWORK);
    try {
      Archive archive =
          Archive.read(
              new ByteArrayInputStream(file(files, WEIGHTS, where)), where + "/" + WEIGHTS);
      JsonNode input = JSON.readTree(file(files, INPUT, where));
      refuseNewer(input, where);
      List<String> classes = new ArrayList<>();
      input.path("classes").forEach(name -> classes.add(name.asText()));
      Normalization normalization = normalization(input, where);
      try (ParameterSet parameters = ParameterSet.fromArchive(spec, archive)) {
        TrainedWeights weights = new TrainedWeights(parameters.values(), parameters.buffers());
        check(spec, classes, normalization, where);
        return new Stored(
            new FinalNetwork(spec, weights, normalization, input.path("maxValue").asInt()),
            input.path(DATA).asText(),
            classes,
            Optional.ofNullable(
                JSON.treeToValue(input.get(PREPROCESSING), PicturePreprocessing.class)),
            Split.fromJson(text(file(files, SPLIT, where))));
      }
    } catch (JsonProcessingException e) {
      throw new InputException(
          "%s/%s is damaged: %s".formatted(where, INPUT, e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void refuseNewer(JsonNode input, String where) {
    int format = input.path("format").asInt(1);
    if (format > FORMAT) {
      throw new InputException(
          "%s/%s is of format %s, and this espalier reads up to %s: a newer one wrote it, which is needed to use it"
              .formatted(where, INPUT, format, FORMAT));
    }
  }

  private static void check(
      NetworkSpec spec, List<String> classes, Normalization normalization, String where) {
    int logits = ShapeInference.classes(spec);
    if (classes.size() != logits) {
      throw new InputException(
          "%s/%s names %s classes, and the network beside it tells %s apart"
              .formatted(where, INPUT, classes.size(), logits));
    }
    int channels = spec.input().channels();
    if (normalization.mean().size() != channels) {
      throw new InputException(
          "%s/%s normalises %s channels, and the network beside it takes images of %s"
              .formatted(where, INPUT, normalization.mean().size(), channels));
    }
  }

  private static byte[] input(Stored model) {
    FinalNetwork network = model.network();
    Map<String, Object> input = new LinkedHashMap<>();
    // What does not say it is as an older program wrote it.
    model.preprocessing().ifPresent(unused -> input.put("format", FORMAT));
    if (!model.data().isEmpty()) {
      input.put(DATA, model.data());
    }
    input.put("classes", model.classes());
    input.put("maxValue", network.maxValue());
    input.put("mean", network.normalization().mean());
    input.put("deviation", network.normalization().deviation());
    model.preprocessing().ifPresent(each -> input.put(PREPROCESSING, each));
    try {
      return JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(input);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Normalization normalization(JsonNode input, String where) {
    try {
      return new Normalization(numbers(input.path("mean")), numbers(input.path("deviation")));
    } catch (IllegalArgumentException e) {
      throw new InputException("%s/%s is damaged: %s".formatted(where, INPUT, e.getMessage()), e);
    }
  }

  private static List<Double> numbers(JsonNode array) {
    List<Double> numbers = new ArrayList<>();
    array.forEach(number -> numbers.add(number.asDouble()));
    return numbers;
  }

  private static byte[] file(Map<String, byte[]> files, String name, String where) {
    byte[] content = files.get(name);
    if (content == null) {
      throw new InputException(where + " has no file " + name);
    }
    return content;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
