package org.espalier.search.space;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.espalier.network.ReadyMade;
import org.espalier.settings.Checks;
import org.espalier.settings.Range;
import org.espalier.settings.SettingException;
import org.espalier.text.Suggestion;

/**
 * Which widths the layers of a family may take. A component that is left out takes its default.
 *
 * @param shares of a layer's usual width that it may take, above 0, rising strictly; default 0.25,
 *     0.5, 0.75, 1, 1.25, 1.5 unless widths are given
 * @param multiple widths that are shares are rounded to multiples of it, at least 1; default 4
 * @param widths that the layers of the least usual width may take, in place of shares, rising
 *     strictly; wider layers take them times the ratio of their usual width to the least; default
 *     none
 * @param unit which layers take one choice together; default {@link Unit#LAYER}
 * @param layers widths that units with these names may take, rising strictly, in place of the
 *     above: a unit's name is its layer's, its block's, or that of the first of the layers that are
 *     summed; default none
 */
public record WidthChoices(
    List<@Range(above = 0, max = WidthChoices.MOST_SHARE) Double> shares,
    @Range(min = 1, max = Choice.WIDEST) Integer multiple,
    List<@Range(min = 1, max = Choice.WIDEST) Integer> widths,
    Unit unit,
    Map<String, List<@Range(min = 1, max = Choice.WIDEST) Integer>> layers) {
  private static final List<Double> USUAL_SHARES = List.of(0.25, 0.5, 0.75, 1.0, 1.25, 1.5);
  private static final double MOST_SHARE = 16;

  /** Which layers take one choice together. */
  public enum Unit {
    /** Each layer has a choice of its own. */
    LAYER("layer"),
    /** The layers of a block, which is the part of their names before the slash. */
    BLOCK("block"),
    /**
     * Layers whose outputs are summed, so that shortcuts around blocks stay identities; every other
     * layer by itself.
     */
    RESIDUAL("layer or first of summed layers");

    private final String noun;

    Unit(String noun) {
      this.noun = noun;
    }
  }

  /** Every default. */
  public static final WidthChoices STANDARD = new WidthChoices(null, null, null, null, null);

  public WidthChoices {
    widths = widths == null ? List.of() : List.copyOf(widths);
    shares = shares == null ? List.of() : List.copyOf(shares);
    multiple = Checks.given(multiple, 4);
    unit = Checks.given(unit, Unit.LAYER);
    layers = layers == null ? Map.of() : copy(layers);
    Checks.ranges(WidthChoices.class, shares, multiple, widths, unit, layers);
    if (!shares.isEmpty() && !widths.isEmpty()) {
      throw new SettingException("widths", "and shares exclude each other: give one of them");
    }
    if (widths.isEmpty()) {
      shares = shares.isEmpty() ? USUAL_SHARES : shares;
      Checks.rising("shares", shares);
    } else {
      Choice.checkRising("widths", widths);
    }
  }

  /** Choices of the shares alone. */
  public static WidthChoices ofShares(List<Double> shares) {
    return new WidthChoices(shares, null, null, null, null);
  }

  /** Choices of the same widths alone. */
  public static WidthChoices ofWidths(List<Integer> widths) {
    return new WidthChoices(null, null, widths, null, null);
  }

  /**
   * The choices of a family, in the order in which data pass the layers.
   *
   * @throws SettingException if {@code layers} names what the family does not have
   */
  public List<Choice> of(ReadyMade.Family family) {
    List<String> names = unitNames(family);
    Map<String, List<Integer>> positions = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      positions.computeIfAbsent(names.get(i), unused -> new ArrayList<>()).add(i);
    }
    layers.keySet().forEach(name -> checkKnown(name, positions.keySet()));
    List<Integer> usual = family.usualWidths();
    List<Choice> choices = new ArrayList<>();
    positions.forEach(
        (name, places) -> {
          int narrowest = places.stream().mapToInt(usual::get).min().orElseThrow();
          List<Integer> own = layers.get(name);
          choices.add(
              new Choice(
                  name, places, own == null ? candidates(narrowest, Collections.min(usual)) : own));
        });
    return List.copyOf(choices);
  }

  /** For each width of the family the name of the unit that it belongs to. */
  private List<String> unitNames(ReadyMade.Family family) {
    List<String> layerNames = LayerNames.of(family);
    return switch (unit) {
      case LAYER -> layerNames;
      case BLOCK -> layerNames.stream().map(LayerNames::block).toList();
      case RESIDUAL -> ResidualSums.of(family).stream().map(layerNames::get).toList();
    };
  }

  /**
   * Refuses a family that does not have the layers named here.
   *
   * @throws SettingException with a key below {@code choices}, where methods have these settings
   */
  public void checkFits(ReadyMade.Family family) {
    try {
      List<Choice> unused = of(family);
    } catch (SettingException e) {
      throw e.under("choices");
    }
  }

  private List<Integer> candidates(int usual, int least) {
    TreeSet<Integer> candidates = new TreeSet<>();
    for (double share : shares) {
      candidates.add(
          (int) Math.max(multiple, multiple * StrictMath.rint(share * usual / multiple)));
    }
    for (int width : widths) {
      candidates.add(scaled(width, usual, least));
    }
    return List.copyOf(candidates);
  }

  /** A width times a ratio of at least 1, rounded; different widths stay different. */
  static int scaled(int width, int usual, int least) {
    return (int) StrictMath.floor((double) width * usual / least + 0.5);
  }

  private void checkKnown(String name, Collection<String> known) {
    if (!known.contains(name)) {
      throw new SettingException(
          "layers." + name,
          "is no %s of the family; %s %s"
              .formatted(
                  unit.noun,
                  Suggestion.closest(name, known)
                      .map(close -> "did you mean '" + close + "'? There are")
                      .orElse("there are"),
                  String.join(", ", known)));
    }
  }

  // Sorted, so that equal settings are written alike.
  private static Map<String, List<Integer>> copy(Map<String, List<Integer>> layers) {
    Map<String, List<Integer>> copy = new TreeMap<>();
    layers.forEach(
        (name, widths) -> {
          Choice.checkRising("layers." + name, widths);
          copy.put(name, List.copyOf(widths));
        });
    return Collections.unmodifiableMap(copy);
  }
}
