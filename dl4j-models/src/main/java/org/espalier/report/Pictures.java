package org.espalier.report;

import java.util.List;

/**
 * Small pictures with captions.
 *
 * @param title what they show
 * @param pictures in order
 */
public record Pictures(String title, List<Picture> pictures) implements Section {
  public Pictures {
    pictures = List.copyOf(pictures);
  }

  @Override
  public <T> T accept(Visitor<T> visitor) {
    return visitor.pictures(this);
  }
}
