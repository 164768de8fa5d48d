package org.espalier.meta;

import java.util.Arrays;
import java.util.List;
import org.espalier.meta.MetaState.Role;
import org.espalier.task.CurveFamily;

/** Small searches over curves, for tests. */
final class CurveMixture {
  private CurveMixture() {}

  static CurveSource source(int layers, int width, CurveFamily.Shape... shapes) {
    List<CurveFamily> families =
        Arrays.stream(shapes).map(shape -> new CurveFamily(shape, 3, 10, 10)).toList();
    return new CurveSource(families, new CurveBackbone(layers, width));
  }

  static MetaLearning learning(int rounds, double rate, OuterRule rule) {
    return new MetaLearning(
        rounds,
        6,
        2,
        new EmbeddingSettings(EmbeddingSettings.Type.RECURRENT, 6, 2, 0.1),
        new InnerSettings(2, 2, rate, true, 10.0),
        new OuterSettings(rule, 0.003),
        new ControllerSettings(0.003, 0.5, 0.1, 0.05, 0.01, 0.95),
        6,
        2);
  }

  static MetaSearch search(MetaLearning settings, List<Role> baselines) {
    return new MetaSearch(
        settings, source(1, 4, CurveFamily.Shape.SINUSOID, CurveFamily.Shape.LINE), baselines);
  }
}
