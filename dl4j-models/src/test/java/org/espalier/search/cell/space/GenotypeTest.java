package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.espalier.cost.NetworkCost;
import org.espalier.network.ImageShape;
import org.espalier.tensor.Seeds;
import org.espalier.text.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GenotypeTest {
  private static final DartsSpace CIFAR =
      new DartsSpace(
          DartsSpace.OperationSet.ALL, new Skeleton(20, 36, new ImageShape(32, 32, 3), 10));
  private static final DartsSpace IMAGENET =
      new DartsSpace(
          DartsSpace.OperationSet.ALL, new Skeleton(14, 48, new ImageShape(224, 224, 3), 1000));

  private static final String PYTHON =
      "Genotype(normal=[('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('skip_connect', 0),"
          + " ('sep_conv_3x3', 1), ('skip_connect', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0),"
          + " ('dil_conv_5x5', 4)], normal_concat=range(2, 6), reduce=[('max_pool_3x3', 0),"
          + " ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 0), ('max_pool_3x3', 0),"
          + " ('skip_connect', 2), ('skip_connect', 2), ('avg_pool_3x3', 0)],"
          + " reduce_concat=range(2, 6))";

  static List<GatedSpace> spaces() {
    return TestSpaces.small();
  }

  private static List<String[]> published() throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                GenotypeTest.class.getResourceAsStream("published_genotypes.tsv"),
                StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .toList();
    }
  }

  @Test
  void publishedCellsTakeWhatIsPublished() throws IOException {
    assertThat(published()).hasSize(4);
    for (String[] row : published()) {
      List<Integer> picks = Genotype.picks(CIFAR, row[5], row[0]);
      NetworkCost cifar = NetworkCost.of(CIFAR.network(picks));
      NetworkCost imagenet = NetworkCost.of(IMAGENET.network(picks));

      assertThat(cifar.parameters()).as(row[0]).isEqualTo(Long.parseLong(row[1]));
      assertThat(cifar.macs()).as(row[0]).isEqualTo(Long.parseLong(row[2]));
      assertThat(imagenet.parameters()).as(row[0]).isEqualTo(Long.parseLong(row[3]));
      assertThat(imagenet.macs()).as(row[0]).isEqualTo(Long.parseLong(row[4]));
    }
  }

  @Test
  void jsonAndPythonSayTheSame() {
    String json =
        "{\"normal\": [[\"sep_conv_3x3\", 1], [\"sep_conv_3x3\", 0], [\"skip_connect\", 0],"
            + " [\"sep_conv_3x3\", 1], [\"skip_connect\", 0], [\"sep_conv_3x3\", 1],"
            + " [\"sep_conv_3x3\", 0], [\"dil_conv_5x5\", 4]], \"normal_concat\": [2, 3, 4, 5],"
            + " \"reduce\": [[\"max_pool_3x3\", 0], [\"max_pool_3x3\", 1], [\"skip_connect\", 2],"
            + " [\"max_pool_3x3\", 0], [\"max_pool_3x3\", 0], [\"skip_connect\", 2],"
            + " [\"skip_connect\", 2], [\"avg_pool_3x3\", 0]], \"reduce_concat\": [2, 3, 4, 5]}";
    Genotype python = Genotype.fromText(PYTHON, "cells.py");

    assertThat(Genotype.fromText(json, "cells.json")).isEqualTo(python);
    assertThat(Genotype.fromText("BEST = " + PYTHON.replace("4)]", "4), ]") + "\n", "cells.py"))
        .isEqualTo(python);
    assertThat(CIFAR.describe(python.in(CIFAR)))
        .isEqualTo(
            "normal |sep_conv_3x3~0|sep_conv_3x3~1|+|skip_connect~0|sep_conv_3x3~1|"
                + "+|skip_connect~0|sep_conv_3x3~1|+|sep_conv_3x3~0|dil_conv_5x5~4|,"
                + " reduction |max_pool_3x3~0|max_pool_3x3~1|+|max_pool_3x3~0|skip_connect~2|"
                + "+|max_pool_3x3~0|skip_connect~2|+|avg_pool_3x3~0|skip_connect~2|");
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void whatIsWrittenIsReadAgain(GatedSpace space) {
    RandomGenerator random = Seeds.generator(1);
    for (int i = 0; i < 30; i++) {
      List<Integer> picks = space.sizes().stream().map(random::nextInt).toList();
      Genotype genotype = Genotype.of(space, picks);

      Genotype read = Genotype.fromText(genotype.toJson(), "found.json");

      assertThat(read).isEqualTo(genotype);
      assertThat(space.network(read.in(space))).isEqualTo(space.network(picks));
    }
  }

  /** A chain that is one layer longer is the same if it skips that layer: depths may do nothing. */
  @ParameterizedTest
  @MethodSource("spaces")
  void idleChoicesChangeNothingAndOthersDo(GatedSpace space) {
    RandomGenerator random = Seeds.generator(2);
    for (int i = 0; i < 5; i++) {
      List<Integer> picks = space.sizes().stream().map(random::nextInt).toList();
      Set<Integer> idle = space.idle(picks);
      for (int choice = 0; choice < picks.size(); choice++) {
        List<Integer> other = new ArrayList<>(picks);
        other.set(choice, (picks.get(choice) + 1) % space.sizes().get(choice));
        boolean same = space.network(other).equals(space.network(picks));
        if (space.decisions().get(choice).kind() != Decision.Kind.DEPTH) {
          assertThat(same).isEqualTo(idle.contains(choice));
        } else {
          assertThat(idle).doesNotContain(choice);
        }
      }
    }
  }

  @Test
  void publishedCellsThatAreNoneAreRefused() {
    refused(
        "sep_conv_3x3', 1), ('sep",
        "sep_conv_9x9', 1), ('sep",
        "the normal cell has the unknown operation 'sep_conv_9x9' in node 2; the closest is"
            + " 'sep_conv_3x3'");
    refused(
        "('dil_conv_5x5', 4)",
        "('dil_conv_5x5', 5)",
        "the normal cell reads node 5 in node 5, expected one from 0 to 4");
    refused(
        "('dil_conv_5x5', 4)",
        "('dil_conv_5x5', 0)",
        "the normal cell reads node 0 twice in node 5, expected two nodes");
    refused(
        "('dil_conv_5x5', 4)", "", "the normal cell has 7 edges, expected 2 for each of 4 nodes");
    refused(
        "reduce_concat=range(2, 6)",
        "reduce_concat=[2, 4]",
        "the reduction cell joins the nodes [2, 4], expected [2, 3, 4, 5]");
    refused("normal_concat=range(2, 6), ", "", "'normal_concat'");
    refused("('dil_conv_5x5', 4)", "('dil_conv_5x5', 'four')", "normal[7]");
    refused("Genotype(", "Cells(", "is no genotype: expected JSON or Genotype(normal=");
  }

  private static void refused(String old, String replacement, String message) {
    assertThat(PYTHON).contains(old);
    assertThatThrownBy(() -> Genotype.fromText(PYTHON.replace(old, replacement), "cells.py"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("cells.py: ")
        .hasMessageContaining(message);
  }

  @Test
  void genotypesThatDoNotFitTheirSpaceAreRefused() {
    Genotype good = Genotype.fromText(PYTHON, "cells.py");
    DartsSpace fewer = new DartsSpace(DartsSpace.OperationSet.GROUPS, CIFAR.skeleton());

    misfit(TestSpaces.smallCells(), good, "is of the space 'darts', expected 'small-cell'");
    misfit(
        fewer,
        good,
        "unknown option 'dil_conv_5x5' of the choice 'normal/4-5' of the genotype; did you mean"
            + " 'dil_conv_3x3'? There are none, max_pool_3x3, skip_connect, sep_conv_3x3,");
    misfit(
        CIFAR,
        with(good, "normal/0-6", "none"),
        "has a choice 'normal/0-6', which the space 'darts' does not have; did you mean");
    misfit(
        CIFAR,
        with(good, "normal/3-4", "none"),
        "the choice 'normal/3-4' of the genotype has no effect beside the others; leave it out");
    misfit(CIFAR, with(good, "normal/3/inputs", "1+0"), "unknown option '1+0' of the choice");
    misfit(CIFAR, with(good, "normal/0-2", null), "the genotype lacks the choice 'normal/0-2'");
  }

  private static Genotype with(Genotype genotype, String choice, String option) {
    Map<String, String> choices = new TreeMap<>(genotype.choices());
    choices.put(choice, option);
    choices.values().removeIf(each -> each == null);
    return new Genotype(genotype.space(), choices);
  }

  private static void misfit(GatedSpace space, Genotype genotype, String message) {
    assertThatThrownBy(() -> Genotype.picks(space, genotype.toJson(), "found.json"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith("found.json: ")
        .hasMessageContaining(message);
  }

  @Test
  void jsonOfAnotherFormIsRefused() {
    String json = Genotype.fromText(PYTHON, "cells.py").toJson();

    assertThatThrownBy(() -> Genotype.fromText(json.replace(": 1,", ": 2,"), "found.json"))
        .hasMessageContaining("genotype format 2, this program reads format 1");
    assertThatThrownBy(() -> Genotype.fromText(json.replace("\"space\"", "\"room\""), "found.json"))
        .hasMessageContaining("the field 'space' is missing");
    assertThatThrownBy(
            () -> Genotype.fromText(json.replace("\"skip_connect\"", "null"), "found.json"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("choices");
    assertThatThrownBy(() -> Genotype.fromText("{", "found.json"))
        .isInstanceOf(InputException.class);
  }
}
