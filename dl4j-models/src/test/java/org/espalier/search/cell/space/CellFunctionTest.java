package org.espalier.search.cell.space;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.espalier.network.NetworkSpec;
import org.espalier.network.ParameterSet;
import org.espalier.tensor.Seeds;
import org.junit.jupiter.api.Test;

class CellFunctionTest {
  private static final DenseCellSpace SMALL = TestSpaces.smallCells();
  private static final DenseCellSpace LARGE = TestSpaces.nasBench();

  private static CellFunction function(DenseCellSpace space, String cell) {
    return CellFunction.of(space.cell(), space.picks(cell));
  }

  @Test
  void edgesThatHandOnAndThoseWithoutOperationVanish() {
    CellFunction direct = function(SMALL, "|none~0|+|nor_conv_3x3~0|none~1|");
    CellFunction after = function(SMALL, "|nor_conv_3x3~0|+|none~0|skip_connect~1|");
    CellFunction before = function(SMALL, "|skip_connect~0|+|none~0|nor_conv_3x3~1|");

    assertThat(direct.expression()).isEqualTo("nor_conv_3x3#1(x)");
    assertThat(List.of(after, before)).containsOnly(direct);
    assertThat(direct.degenerate()).isFalse();
  }

  @Test
  void operationsThatDoNotMatterAreDead() {
    CellFunction unused = function(SMALL, "|nor_conv_3x3~0|+|skip_connect~0|none~1|");
    CellFunction ofZeros = function(SMALL, "|none~0|+|skip_connect~0|nor_conv_1x1~1|");
    CellFunction nothing = function(SMALL, "|nor_conv_3x3~0|+|none~0|none~1|");

    assertThat(unused.expression()).isEqualTo("x");
    assertThat(unused.dead()).containsExactly(0);
    assertThat(ofZeros.expression()).isEqualTo("x");
    assertThat(ofZeros.dead()).containsExactly(2);
    assertThat(nothing.degenerate()).isTrue();
    assertThat(nothing.dead()).containsExactly(0);
  }

  @Test
  void sumsHaveNoOrder() {
    assertThat(function(SMALL, "|skip_connect~0|+|nor_conv_1x1~0|max_pool_3x3~1|"))
        .isEqualTo(function(SMALL, "|skip_connect~0|+|max_pool_3x3~0|nor_conv_1x1~1|"));
  }

  /** One convolution that is read twice has other weights than two of a kind. */
  @Test
  void oneOperationThatIsUsedTwiceIsNotTwoOfAKind() {
    CellFunction once =
        function(
            LARGE,
            "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|skip_connect~1|skip_connect~2|");
    CellFunction twice =
        function(
            LARGE,
            "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|none~0|skip_connect~1|skip_connect~2|");

    assertThat(once.expression()).isEqualTo("nor_conv_3x3#1(x)+nor_conv_3x3#1(x)");
    assertThat(twice.expression()).isEqualTo("nor_conv_3x3#1(x)+nor_conv_3x3#2(x)");
  }

  @Test
  void learnedOperationsAreNumberedAlikeWhereverTheyStand() {
    assertThat(
            function(
                LARGE,
                "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|+|none~0|nor_conv_1x1~1|skip_connect~2|"))
        .isEqualTo(
            function(
                LARGE,
                "|nor_conv_3x3~0|+|nor_conv_3x3~0|none~1|"
                    + "+|none~0|skip_connect~1|nor_conv_1x1~2|"));
  }

  /**
   * With equal weights for operations of a kind, whose norms shift nothing, cells of one function
   * give the same and others do not: in this space no operation can be used twice.
   */
  @Test
  void theSmallCellsGiveAsManyThingsAsThereAreFunctions() {
    Map<String, List<Long>> classes = CellFunction.classes(SMALL);

    List<float[]> outputs = new ArrayList<>();
    for (List<Long> numbers : classes.values()) {
      float[] first = logits(numbers.get(0));
      for (long number : numbers) {
        assertThat(distance(logits(number), first)).as(classes.toString()).isLessThan(1e-4);
      }
      for (float[] other : outputs) {
        assertThat(distance(first, other)).isGreaterThan(1e-3);
      }
      outputs.add(first);
    }
    for (long number = 0; number < SMALL.size(); number++) {
      assertThat(SMALL.isDegenerate(SMALL.picks(number)))
          .isEqualTo(CellFunction.of(SMALL.cell(), SMALL.picks(number)).degenerate());
    }
    assertThat(classes).hasSize(60);
    assertThat(classes.values().stream().mapToInt(List::size).sum()).isEqualTo(125);
    assertThat(classes.get("0")).hasSize(9);
  }

  private static double distance(float[] one, float[] other) {
    double most = 0;
    double size = 0;
    for (int i = 0; i < one.length; i++) {
      most = Math.max(most, Math.abs(one[i] - other[i]));
      size = Math.max(size, Math.abs(other[i]));
    }
    return most / size;
  }

  private static float[] logits(long number) {
    NetworkSpec spec = SMALL.network(SMALL.picks(number));
    Map<String, float[]> tied = new HashMap<>();
    try (ParameterSet set = ParameterSet.allocate(spec).initialise(Seeds.generator(1))) {
      set.parameters()
          .forEach(
              each -> {
                String kind = each.name().replaceAll("/\\d-\\d/", "/");
                boolean norm = kind.endsWith("/scale") || kind.endsWith("/shift");
                float[] values = each.value().toFloats();
                for (int i = 0; i < values.length && !norm; i++) {
                  values[i] = (float) (0.5 * Seeds.generator(kind.hashCode(), i).nextGaussian());
                }
                tied.put(each.name(), values);
              });
      set.bufferNames().forEach(name -> tied.put(name, set.buffer(name).toFloats()));
    }
    return Weights.of(tied).logits(spec);
  }
}
