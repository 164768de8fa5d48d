package org.espalier.job;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.espalier.search.method.Method;

/** What the class path is with one more line in a registry of methods. */
public final class RegistryLine {
  private RegistryLine() {}

  /**
   * Does something where a method is registered.
   *
   * @param folder for the line
   */
  public static <T> T with(Class<? extends Method<?>> method, Path folder, Callable<T> what)
      throws Exception {
    write(method, folder);
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try (var loader = new URLClassLoader(new URL[] {folder.toUri().toURL()}, before)) {
      thread.setContextClassLoader(loader);
      return what.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  /** Makes a folder one on whose class path a method is registered. */
  public static void write(Class<? extends Method<?>> method, Path folder) throws IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(Method.class.getName()), method.getName());
  }
}
