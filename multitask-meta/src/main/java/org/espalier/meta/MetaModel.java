package org.espalier.meta;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.espalier.report.Section;
import org.espalier.search.Artefact;
import org.espalier.storage.Bytes;
import org.espalier.storage.Floats;
import org.espalier.storage.RecordCodec;
import org.espalier.text.InputException;

/**
 * What meta search hands over: all that is needed to pick and adapt a network for a new task.
 *
 * @param version of this form
 * @param settings it was learned with
 * @param families it was learned from
 * @param shared weights that all tasks start from
 * @param rates logarithms of factors on the inner rate, one a block of weights
 * @param guide parameters of embedding, controller and gates
 */
public record MetaModel(
    int version,
    MetaSettings settings,
    List<DomainFacts> families,
    Floats shared,
    Floats rates,
    Floats guide) {
  /** The kind of artefact, and the name of it. */
  public static final String KIND = "meta-model";

  /** The file in the artefact's folder. */
  public static final String FILE = "meta-model.bin";

  static final int VERSION = 1;

  private static final RecordCodec<MetaModel> CODEC = new RecordCodec<>(MetaModel.class);

  public MetaModel {
    Objects.requireNonNull(settings, "settings");
    families = List.copyOf(families);
    Objects.requireNonNull(shared, "shared");
    Objects.requireNonNull(rates, "rates");
    Objects.requireNonNull(guide, "guide");
  }

  /** As a run keeps it. */
  Artefact artefact(List<Section> sections) {
    return new Artefact(KIND, KIND, VERSION, Map.of(FILE, Bytes.of(CODEC.encode(this))), sections);
  }

  /**
   * Reads a file of a run.
   *
   * @param where it lies, for messages
   * @throws InputException if it holds no meta-model, or one of another version
   */
  public static MetaModel read(byte[] file, String where) {
    MetaModel model;
    try {
      model = CODEC.decode(file);
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "%s holds no meta-model that this version of Espalier can read: %s"
              .formatted(where, e.getMessage()),
          e);
    }
    if (model.version() != VERSION) {
      throw new InputException(
          "%s holds a meta-model of version %s; this version of Espalier reads version %s"
              .formatted(where, model.version(), VERSION));
    }
    return model;
  }
}
