package org.espalier.search.table;

import java.util.List;
import org.espalier.search.policy.EvolutionSettings;
import org.espalier.search.policy.LstmSettings;
import org.espalier.search.policy.NaturalGradientSettings;
import org.espalier.search.policy.ProposerSettings;
import org.espalier.search.policy.RegressionSettings;
import org.espalier.search.policy.ReinforceSettings;
import org.espalier.search.policy.RelaxSettings;
import org.espalier.search.policy.UniformSettings;
import org.espalier.settings.Checks;

/**
 * A way to search that is played on tables.
 *
 * @param name for people
 * @param settings of what proposes
 * @param batch networks that it asks for before it learns, at least 1
 * @param growth of the batch: this share of what was asked for before, if that is more; in [0, 1]
 */
public record Entrant(String name, ProposerSettings settings, int batch, double growth) {
  public Entrant {
    Checks.atLeast("batch", 1, batch);
    Checks.share("growth", growth);
  }

  /** Regularised evolution, which the others are compared with. */
  public static final String EVOLUTION = "evolution";

  /** All that are compared. */
  public static List<Entrant> all() {
    LstmSettings small = new LstmSettings(32, null, null, null, null, null, null, null, null);
    return List.of(
        new Entrant("random", new UniformSettings(), 10, 1),
        new Entrant(EVOLUTION, EvolutionSettings.defaults(), 1, 0),
        new Entrant("reinforce", ReinforceSettings.defaults(), 2, 0),
        new Entrant("relax", RelaxSettings.defaults(), 2, 0),
        new Entrant("asng", NaturalGradientSettings.defaults(), 8, 0),
        new Entrant("lstm", small, 5, 0.05),
        new Entrant("regression", RegressionSettings.defaults(), 1, 0.1));
  }

  int batch(int asked) {
    return Math.max(batch, (int) (growth * asked));
  }
}
