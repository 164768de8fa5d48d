package org.espalier.bench;

import java.util.ArrayList;
import java.util.List;
import org.espalier.data.Batch;
import org.espalier.network.ImageShape;
import org.espalier.network.ReadyMade.Family;
import org.espalier.search.space.Choice;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.LocalSgd;
import org.espalier.search.width.AffineMaps;
import org.espalier.search.width.AffineSupernet;
import org.espalier.search.width.MetaLayout;
import org.espalier.search.width.Sharing;
import org.espalier.storage.Floats;
import org.espalier.tensor.Seeds;
import org.espalier.tensor.Shape;

/**
 * Steps of a supernet that shares its weights by affine maps at 45 degrees: every layer of
 * ResNet-20 has the candidates 4, 8, 16, 32 and 64 in 188 shared channels, and networks that were
 * drawn beforehand take turns.
 */
final class SharedSteps implements Steps {
  private static final List<Integer> WIDTHS = List.of(4, 8, 16, 32, 64);
  private static final int NETWORKS = 5;
  private static final LocalSgd SGD = new LocalSgd(0.9, 3e-4, 0);
  private static final double RATE = 0.01;

  private final RandomImages batch;
  private final MetaLayout layout;
  private final List<List<Integer>> picks = new ArrayList<>();
  private final AffineSupernet net;

  SharedSteps(RandomImages batch) {
    this.batch = batch;
    Shape images = batch.shape;
    Sharing sharing = Sharing.Transition.complete();
    ImageShape image =
        new ImageShape(images.dimension(1), images.dimension(2), images.dimension(3));
    WidthSpace space =
        new WidthSpace(Family.RESNET20, image, Workload.CLASSES, choices(Family.RESNET20));
    layout = MetaLayout.of(space, sharing);
    net = new AffineSupernet(layout);
    net.load(Floats.of(layout.initial(1)), AffineMaps.of(space, sharing, Math.PI / 4));
    drawPicks(space.choices().size());
  }

  private static List<Choice> choices(Family family) {
    List<Choice> choices = new ArrayList<>();
    for (int position = 0; position < family.usualWidths().size(); position++) {
      choices.add(new Choice("width" + position, List.of(position), WIDTHS));
    }
    return choices;
  }

  /** The C standard's example of a generator: easy to repeat in other languages. */
  private void drawPicks(int choices) {
    long state = 1;
    for (int network = 0; network < NETWORKS; network++) {
      List<Integer> drawn = new ArrayList<>();
      for (int choice = 0; choice < choices; choice++) {
        state = (1103515245 * state + 12345) % (1L << 31);
        drawn.add((int) ((state >> 16) % WIDTHS.size()));
      }
      picks.add(drawn);
    }
  }

  @Override
  public long parameterCount() {
    return layout.size();
  }

  @Override
  public int kinds() {
    return picks.size();
  }

  @Override
  public void step(int number) {
    Batch made = Batch.of(layout.space().input(), batch.images, batch.labels);
    net.net().trainStep(picks.get(number % picks.size()), made, RATE, SGD, Seeds.generator(number));
  }

  @Override
  public long spilledBytes() {
    return net.net().spilledBytes();
  }

  @Override
  public void close() {
    net.close();
  }
}
