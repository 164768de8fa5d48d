package org.espalier.meta;

import java.util.ArrayList;
import java.util.List;
import org.espalier.storage.Floats;

/**
 * The plane on which points lie furthest apart: their first two principal components, by power
 * iteration from a fixed start.
 */
final class Plane {
  private static final int ITERATIONS = 200;

  private Plane() {}

  /** Two coordinates for each point; zeros where all points are the same. */
  static List<double[]> of(List<Floats> points) {
    int size = points.get(0).size();
    double[][] centred = centred(points, size);
    double[] first = direction(centred, size, new double[size]);
    double[] second = direction(centred, size, first);
    List<double[]> plane = new ArrayList<>();
    for (double[] point : centred) {
      plane.add(new double[] {dot(point, first), dot(point, second)});
    }
    return plane;
  }

  private static double[][] centred(List<Floats> points, int size) {
    double[] mean = new double[size];
    for (Floats point : points) {
      for (int i = 0; i < size; i++) {
        mean[i] += point.get(i) / (double) points.size();
      }
    }
    double[][] centred = new double[points.size()][size];
    for (int row = 0; row < centred.length; row++) {
      for (int i = 0; i < size; i++) {
        centred[row][i] = points.get(row).get(i) - mean[i];
      }
    }
    return centred;
  }

  /** The direction of the largest variance that is orthogonal to another one. */
  private static double[] direction(double[][] points, int size, double[] other) {
    double[] direction = new double[size];
    for (int i = 0; i < size; i++) {
      direction[i] = 1.0 / (i + 1);
    }
    for (int iteration = 0; iteration < ITERATIONS; iteration++) {
      double[] next = new double[size];
      for (double[] point : points) {
        double along = dot(point, direction);
        for (int i = 0; i < size; i++) {
          next[i] += along * point[i];
        }
      }
      double shadow = dot(next, other);
      for (int i = 0; i < size; i++) {
        next[i] -= shadow * other[i];
      }
      double norm = StrictMath.sqrt(dot(next, next));
      if (norm == 0) {
        return new double[size];
      }
      for (int i = 0; i < size; i++) {
        direction[i] = next[i] / norm;
      }
    }
    return direction;
  }

  private static double dot(double[] one, double[] other) {
    double sum = 0;
    for (int i = 0; i < one.length; i++) {
      sum += one[i] * other[i];
    }
    return sum;
  }
}
