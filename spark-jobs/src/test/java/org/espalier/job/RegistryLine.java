package org.espalier.job;

import java.io.IOException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import org.espalier.search.finals.Method;

/** What the class path is with one more line in a registry of methods. */
public final class RegistryLine extends ClassLoader {
  private static final String REGISTRY = "META-INF/services/" + Method.class.getName();

  private final Path line;

  private RegistryLine(Path line, ClassLoader parent) {
    super(parent);
    this.line = line;
  }

  /**
   * Does something where a method is registered.
   *
   * @param folder for the line
   */
  public static <T> T with(Class<? extends Method<?>> method, Path folder, Callable<T> what)
      throws Exception {
    Path line = Files.writeString(folder.resolve(method.getSimpleName()), method.getName());
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(new RegistryLine(line, before));
    try {
      return what.call();
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> found = new ArrayList<>(Collections.list(super.getResources(name)));
    if (name.equals(REGISTRY)) {
      found.add(line.toUri().toURL());
    }
    return Collections.enumeration(found);
  }
}
