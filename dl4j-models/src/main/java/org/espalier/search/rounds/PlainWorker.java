package org.espalier.search.rounds;

import java.util.Objects;
import org.espalier.search.DataLoader;

/**
 * A worker that is never cancelled from outside.
 *
 * @param data where data come from
 * @param cache what is warm
 * @param platform the numeric platform in one line
 */
public record PlainWorker(DataLoader data, WarmCache cache, String platform) implements Worker {
  public PlainWorker {
    Objects.requireNonNull(data, "data");
    Objects.requireNonNull(cache, "cache");
    Objects.requireNonNull(platform, "platform");
  }
}
