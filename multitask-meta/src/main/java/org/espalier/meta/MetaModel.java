package org.espalier.meta;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.espalier.cost.Budget;
import org.espalier.network.ImageShape;
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

  static final int VERSION = 2;

  private static final RecordCodec<MetaModel> CODEC = new RecordCodec<>(MetaModel.class);

  public MetaModel {
    Objects.requireNonNull(settings, "settings");
    families = List.copyOf(families);
    if (families.isEmpty() || families.stream().anyMatch(each -> each.images().isEmpty())) {
      throw new IllegalArgumentException("a meta-model needs families of images");
    }
    Objects.requireNonNull(shared, "shared");
    Objects.requireNonNull(rates, "rates");
    Objects.requireNonNull(guide, "guide");
  }

  /**
   * The family that new images are most like.
   *
   * @param name of it; empty for the first whose images have their shape
   * @param images shape of the new images
   * @throws InputException if there is no such family, or if its images have another shape
   */
  public DomainFacts family(String name, ImageShape images) {
    DomainFacts family =
        families.stream()
            .filter(each -> name.isEmpty() ? shape(each).equals(images) : each.name().equals(name))
            .findFirst()
            .orElseThrow(
                () ->
                    new InputException(
                        name.isEmpty()
                            ? "the images are %s, and the meta-model learned from %s: scale them, or take a meta-model of such images"
                                .formatted(images, describe())
                            : "the meta-model has no family '%s', only %s"
                                .formatted(name, describe())));
    if (!shape(family).equals(images)) {
      throw new InputException(
          "the images are %s, and those of the family '%s' are %s: scale them, or take another family or meta-model"
              .formatted(images, name, shape(family)));
    }
    return family;
  }

  /**
   * The shape that new images should have.
   *
   * @param name of the family that they are like; empty for any
   * @throws InputException if there is no such family, or if families differ and none is named
   */
  public ImageShape shape(String name) {
    List<ImageShape> shapes =
        families.stream()
            .filter(each -> name.isEmpty() || each.name().equals(name))
            .map(MetaModel::shape)
            .distinct()
            .toList();
    if (shapes.size() != 1) {
      throw new InputException(
          (shapes.isEmpty()
                  ? "the meta-model has no family '%s', only %s"
                  : "the families%s of the meta-model have images of several sizes, so one must be"
                      + " named: %s")
              .formatted(name, describe()));
    }
    return shapes.get(0);
  }

  /** The families with the shapes of their images, for people. */
  public String describe() {
    return families.stream()
        .map(each -> "%s %s".formatted(each.name(), shape(each)))
        .collect(Collectors.joining(", "));
  }

  /** What the network of a task of this family may cost. */
  public Budget budget(DomainFacts family) {
    return settings.family(family.name()).budget();
  }

  private static ImageShape shape(DomainFacts family) {
    return family.images().get(0).shape();
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
