package org.espalier.search.width;

import java.util.List;

/**
 * How much the candidates of one layer share (Wang, Bai et al., NeurIPS 2020): {@code level = sum
 * over o < o' of ||P_o^T P_o'||_F^2}. The level of a pair lies between {@code max(0, c + c' - C)}
 * and {@code min(c, c')}.
 *
 * @param level of all pairs of candidates
 * @param normalised level divided by the sum of {@code min(c, c')}: 1 when the narrower always is a
 *     part of the wider, 0 when no two share anything
 * @param floor what no maps of so many rows can fall below: 0 if {@code sum c <= C}. The larger of
 *     the sum of the pairs' bounds and {@code ((sum c)^2 / C - sum c) / 2} (Welch, 1974, for
 *     subspaces)
 */
public record SharingLevel(double level, double normalised, double floor) {
  /** Of a layer that has one candidate, which shares with nobody. */
  static final SharingLevel NONE = new SharingLevel(0, 0, 0);

  /** Of one layer's candidates. */
  public static SharingLevel of(List<? extends AffineMap> maps) {
    double level = 0;
    double most = 0;
    double pairFloor = 0;
    double columns = 0;
    double rows = maps.get(0).rows();
    for (int o = 0; o < maps.size(); o++) {
      columns += maps.get(o).columns();
      for (int other = 0; other < o; other++) {
        int width = maps.get(o).columns();
        int otherWidth = maps.get(other).columns();
        level += maps.get(other).overlap(maps.get(o));
        most += Math.min(width, otherWidth);
        pairFloor += Math.max(0, width + otherWidth - rows);
      }
    }
    double welch = (columns * columns / rows - columns) / 2;
    return maps.size() < 2
        ? NONE
        : new SharingLevel(level, level / most, Math.max(pairFloor, welch));
  }

  /** The mean over layers; {@link #NONE} for no layers. */
  static SharingLevel mean(List<SharingLevel> levels) {
    double level = 0;
    double normalised = 0;
    double floor = 0;
    for (SharingLevel one : levels) {
      level += one.level;
      normalised += one.normalised;
      floor += one.floor;
    }
    int count = Math.max(1, levels.size());
    return new SharingLevel(level / count, normalised / count, floor / count);
  }
}
