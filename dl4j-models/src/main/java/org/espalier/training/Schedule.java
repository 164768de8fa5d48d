package org.espalier.training;

import static org.espalier.settings.Checks.given;
import static org.espalier.settings.Checks.ranges;
import static org.espalier.settings.Checks.rising;

import java.util.List;
import org.espalier.settings.Range;

/**
 * How the learning rate goes over a training, as a factor on the optimiser's rate. All begin with a
 * linear warm-up. A component that is left out takes its default.
 */
public sealed interface Schedule permits Schedule.Cosine, Schedule.Step, Schedule.Constant {

  /** Epochs, whole or not, in which the factor grows linearly to 1; at least 0. */
  Double warmUpEpochs();

  /** The factor after the warm-up, for {@code done} of {@code epochs} epochs. */
  double afterWarmUp(double done, int epochs);

  /**
   * The factor for one step. In a warm-up of {@code w} steps, step {@code i} has {@code (i + 1) /
   * w}.
   *
   * @param step the step, counted from 0 over the whole training
   * @param stepsPerEpoch steps of each epoch, at least 1
   * @param epochs epochs of the whole training, at least 1
   */
  default double factor(long step, int stepsPerEpoch, int epochs) {
    double warmUpSteps = warmUpEpochs() * stepsPerEpoch;
    if (step < warmUpSteps) {
      return Math.min(1, (step + 1) / warmUpSteps);
    }
    return afterWarmUp((double) step / stepsPerEpoch, epochs);
  }

  /**
   * Half a cosine from 1 to the floor (Loshchilov and Hutter, ICLR 2017, equation 5, without
   * restarts), over what is left after the warm-up.
   *
   * @param warmUpEpochs at least 0; default 1, usually 0 to 5
   * @param floor factor at the end, in [0, 1]; default 0, usually 0 to 0.01
   */
  record Cosine(@Range(min = 0) Double warmUpEpochs, @Range(min = 0, max = 1) Double floor)
      implements Schedule {
    public Cosine {
      warmUpEpochs = given(warmUpEpochs, 1.0);
      floor = given(floor, 0.0);
      ranges(Cosine.class, warmUpEpochs, floor);
    }

    @Override
    public double afterWarmUp(double done, int epochs) {
      double share = Math.min(1, (done - warmUpEpochs) / (epochs - warmUpEpochs));
      return floor + (1 - floor) * 0.5 * (1 + StrictMath.cos(StrictMath.PI * share));
    }
  }

  /**
   * Falls by a factor at each milestone.
   *
   * @param warmUpEpochs at least 0; default 1, usually 0 to 5
   * @param milestones epochs, counted from 0, at whose beginning the rate falls; rising; default
   *     none, usually at one half and three quarters of the training
   * @param factor what the rate is multiplied by each time, in [0, 1); default 0.1
   */
  record Step(
      @Range(min = 0) Double warmUpEpochs,
      List<@Range(min = 1, max = Range.MANY) Integer> milestones,
      @Range(min = 0, below = 1) Double factor)
      implements Schedule {
    public Step {
      warmUpEpochs = given(warmUpEpochs, 1.0);
      milestones = List.copyOf(given(milestones, List.of()));
      factor = given(factor, 0.1);
      ranges(Step.class, warmUpEpochs, milestones, factor);
      rising("milestones", milestones);
    }

    @Override
    public double afterWarmUp(double done, int epochs) {
      double rate = 1;
      for (int milestone : milestones) {
        rate *= done >= milestone ? factor : 1;
      }
      return rate;
    }
  }

  /**
   * Stays the same after the warm-up.
   *
   * @param warmUpEpochs at least 0; default 0
   */
  record Constant(@Range(min = 0) Double warmUpEpochs) implements Schedule {
    public Constant {
      warmUpEpochs = given(warmUpEpochs, 0.0);
      ranges(Constant.class, warmUpEpochs);
    }

    @Override
    public double afterWarmUp(double done, int epochs) {
      return 1;
    }
  }
}
