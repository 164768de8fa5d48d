package org.espalier.spark;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.api.java.JavaFutureAction;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A first job of a small task for each executor that has come, which finds out whether they
 * understand the driver before a search begins: other versions of Spark, and executors without
 * Espalier's jars, fail in ways that say little.
 */
final class ExecutorProbe implements Function<Integer, String> {
  private static final long serialVersionUID = 1L;
  private static final Logger LOG = LoggerFactory.getLogger(ExecutorProbe.class);

  @Override
  public String call(Integer ignored) {
    String gpu = GpuBinding.bind().map(device -> ", GPU " + device).orElse("");
    return "Spark %s, Java %s%s".formatted(SparkVersions.own(), Runtime.version().feature(), gpu);
  }

  /**
   * Performs the job.
   *
   * @throws NoExecutorsException if executors cannot perform items
   */
  static void check(JavaSparkContext context, SparkSettings settings) {
    // Spark deals tasks to free executors in turn.
    int executors = Math.max(1, Executors.count(context));
    JavaFutureAction<List<String>> answer =
        context
            .parallelize(Collections.nCopies(executors, 0), executors)
            .map(new ExecutorProbe())
            .collectAsync();
    try {
      List<String> answers = answer.get(settings.startSeconds(), TimeUnit.SECONDS);
      LOG.info("{} executors: {}", executors, Set.copyOf(answers));
    } catch (ExecutionException e) {
      throw new NoExecutorsException(explain(e.getCause(), settings), e);
    } catch (TimeoutException e) {
      answer.cancel(true);
      boolean came = Executors.count(context) > 0;
      throw new NoExecutorsException(
          "%s from %s%s in %s s. Asked for: %s. %s Wait longer by a greater startSeconds"
              .formatted(
                  came ? "executors came" : "no executor came",
                  settings.master(),
                  came ? ", but did not end a first small task" : "",
                  settings.startSeconds(),
                  Contexts.asked(context.getConf()),
                  StandaloneOffer.describe(settings.master(), context.getConf())),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new NoExecutorsException("interrupted while waiting for executors", e);
    }
  }

  /** Says what to do about what executors threw. */
  static String explain(Throwable failure, SparkSettings settings) {
    String text = String.valueOf(failure);
    boolean otherForm =
        text.contains("InvalidClassException") && text.contains("org.apache.spark.");
    boolean otherMethods =
        text.contains("NoSuchMethodError")
            || text.contains("NoSuchFieldError")
            || text.contains("NoClassDefFoundError: org/apache/spark/");
    if (otherForm || otherMethods) {
      return ("the cluster at %s runs another version of Spark than the driver, which is %s: they must"
              + " be the same, as Espalier was built for it (Spark says: %s)")
          .formatted(
              settings.master(), SparkVersions.own(), line(text, "(InvalidClassException|Error)"));
    }
    // The last is how Java says that a class within a closure is missing.
    if (text.contains("ClassNotFoundException: org.espalier.")
        || text.contains("NoClassDefFoundError: org/espalier/")
        || text.contains("cannot assign instance of java.lang.invoke.SerializedLambda")) {
      return ("the executors of %s do not have Espalier's jars: start by submit/espalier, which ships"
              + " them, or put them on the executors' class path by spark.executor.extraClassPath"
              + " (Spark says: %s)")
          .formatted(settings.master(), line(text, "(org[./]espalier[./]|SerializedLambda)"));
    }
    return "the executors of %s cannot perform a first small task: %s"
        .formatted(settings.master(), SparkRounds.withoutStack(text));
  }

  private static String line(String text, String pattern) {
    return text.lines()
        .filter(line -> line.matches(".*" + pattern + ".*"))
        .findFirst()
        .orElse(text)
        .strip();
  }
}
