package org.espalier.run;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What a reader sees of a run's page while it is rewritten. */
public final class RewrittenPage {
  private RewrittenPage() {}

  /**
   * Rewrites the page of a run while a reader reads it without a pause.
   *
   * @param times how often
   * @param reader reads the page
   * @return whether what the reader saw was a whole page: each answer that there was
   */
  public static Set<Boolean> seenWhole(RunDirectory run, int times, Callable<String> reader)
      throws InterruptedException, ExecutionException {
    run.page(page(0));
    AtomicBoolean writing = new AtomicBoolean(true);
    CompletableFuture<Set<Boolean>> seen =
        CompletableFuture.supplyAsync(
            () -> {
              Set<Boolean> whole = new HashSet<>();
              do {
                whole.add(isPage(reader));
              } while (writing.get());
              return whole;
            });
    for (int i = 1; i <= times; i++) {
      run.page(page(i));
    }
    writing.set(false);
    return seen.get();
  }

  /** A page that takes more than one write. */
  static String page(int number) {
    return "<html>%s</html>".formatted("%s ".formatted(number).repeat(20_000));
  }

  private static boolean isPage(Callable<String> reader) {
    try {
      String text = reader.call();
      return text.startsWith("<html>") && text.endsWith("</html>");
    } catch (Exception e) {
      return false;
    }
  }
}
