package org.espalier.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;

/**
 * Hears Ctrl-C and the signal to end before Java's own shutdown begins, which would close file
 * systems and Spark while a checkpoint is being written. Signals are no part of the Java API, so
 * where they are missing Java's own shutdown stays, and the last checkpoint stands.
 */
final class Interruption implements AutoCloseable {
  private final List<Runnable> restorers = new ArrayList<>();

  private Interruption() {}

  static Interruption listen(Runnable action) {
    return listen(action, action);
  }

  /**
   * The same.
   *
   * @param typed at Ctrl-C, which a terminal sends to all processes that it started
   * @param asked at the signal to end, which is sent to this process alone
   */
  static Interruption listen(Runnable typed, Runnable asked) {
    Interruption interruption = new Interruption();
    interruption.replace("INT", typed);
    interruption.replace("TERM", asked);
    return interruption;
  }

  /** Hears, from now on, that the terminal's window has another size. */
  static void listenToResizing(Runnable action) {
    new Interruption().replace("WINCH", action);
  }

  private void replace(String name, Runnable action) {
    try {
      Class<?> signals = Class.forName("sun.misc.Signal");
      Class<?> handlers = Class.forName("sun.misc.SignalHandler");
      Object signal = signals.getConstructor(String.class).newInstance(name);
      InvocationHandler invocation =
          (proxy, method, arguments) -> {
            switch (method.getName()) {
              case "handle" -> action.run();
              case "hashCode" -> {
                return System.identityHashCode(proxy);
              }
              case "equals" -> {
                return proxy == arguments[0];
              }
              default -> {
                return name;
              }
            }
            return null;
          };
      Object handler =
          Proxy.newProxyInstance(handlers.getClassLoader(), new Class<?>[] {handlers}, invocation);
      var handle = signals.getMethod("handle", signals, handlers);
      Object before = handle.invoke(null, signal, handler);
      restorers.add(
          () -> {
            try {
              handle.invoke(null, signal, before);
            } catch (ReflectiveOperationException e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (ReflectiveOperationException e) {
      System.getLogger(Interruption.class.getName())
          .log(System.Logger.Level.DEBUG, "cannot hear signal " + name, e);
    }
  }

  @Override
  public void close() {
    restorers.forEach(Runnable::run);
  }
}
