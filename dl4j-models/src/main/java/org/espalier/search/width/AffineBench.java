package org.espalier.search.width;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.espalier.data.LabelledData;
import org.espalier.search.Contribution;
import org.espalier.search.ItemContext;
import org.espalier.search.Reusable;
import org.espalier.search.space.Choice;
import org.espalier.search.space.WidthSpace;
import org.espalier.search.supernet.SupernetBench;
import org.espalier.search.supernet.SupernetItem;
import org.espalier.search.supernet.SupernetResult;

/** An executor's supernet whose weights are shared by affine maps. */
final class AffineBench implements Reusable {
  private final AffineSharingSettings settings;
  private final WidthSpace space;
  private final AffineSupernet supernet;
  private final SupernetBench bench;

  AffineBench(AffineSharingSettings settings, MetaLayout layout, LabelledData data) {
    this.settings = settings;
    space = layout.space();
    supernet = new AffineSupernet(layout);
    bench =
        new SupernetBench(
            supernet.net(),
            settings.supernet().training(),
            settings.ranking(),
            settings.finals(),
            data);
  }

  Contribution<SupernetResult> perform(
      WidthRound.View view, SupernetItem item, ItemContext context) {
    AffineMaps maps =
        view.maps().isEmpty()
            ? AffineMaps.of(space, settings.sharing(), view.angle())
            : view.maps().maps();
    supernet.load(view.values(), maps);
    return bench.perform(item, this::gates, context);
  }

  /**
   * Derivatives of the loss by the gates of all widths of a choice, a gate being a factor on the
   * channels that its width has (masks as in Wan et al., "FBNetV2", CVPR 2020, equation 4). Widths
   * above the one that ran count as that one: nothing is known of the channels they add.
   */
  private List<List<Double>> gates(List<Integer> picks) {
    List<List<Double>> channels = supernet.channelSlopes(picks);
    List<List<Double>> gates = new ArrayList<>();
    for (Choice choice : space.choices()) {
      List<Double> options = new ArrayList<>(Collections.nCopies(choice.widths().size(), 0.0));
      for (int position : choice.positions()) {
        List<Integer> widths = space.candidates(position);
        for (int option = 0; option < widths.size(); option++) {
          double sum = options.get(option);
          for (int c = 0; c < Math.min(widths.get(option), channels.get(position).size()); c++) {
            sum += channels.get(position).get(c);
          }
          options.set(option, sum);
        }
      }
      gates.add(options);
    }
    return gates;
  }

  @Override
  public void spoil() {
    bench.spoil();
  }

  @Override
  public void close() {
    bench.close();
  }
}
