package org.espalier.job;

import java.util.Optional;
import org.espalier.data.Normalization;
import org.espalier.export.InputNormalization;
import org.espalier.export.TrainedModel;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.storage.Archive;
import org.espalier.storage.Hashes;
import org.espalier.training.TrainedWeights;

/**
 * A trained network and how pixels come into it.
 *
 * @param spec the network
 * @param weights of it
 * @param normalization it was trained with
 * @param maxValue the brightest pixel value
 */
record FinalNetwork(
    NetworkSpec spec, TrainedWeights weights, Normalization normalization, int maxValue) {

  /** The weights as an archive. */
  Archive archive() {
    try (ParameterSet parameters = parameters()) {
      return parameters.toArchive();
    }
  }

  /** SHA-256 of the weights' archive. */
  String weightsHash() {
    return Hashes.hex(archive().toBytes());
  }

  /** A parameter set with the weights; the caller closes it. */
  ParameterSet parameters() {
    ParameterSet parameters = ParameterSet.allocate(spec);
    parameters.setValues(weights.values());
    parameters.setBuffers(weights.buffers());
    return parameters;
  }

  /** What is exported: it takes plain pixels. */
  TrainedModel exportable(ParameterSet parameters) {
    return TrainedModel.of(parameters).withNormalization(pixels());
  }

  /** How plain pixels become inputs. */
  InputNormalization pixels() {
    return new InputNormalization(maxValue, normalization.mean(), normalization.deviation());
  }

  Optional<InputNormalization> exportedNormalization() {
    return Optional.of(pixels());
  }
}
