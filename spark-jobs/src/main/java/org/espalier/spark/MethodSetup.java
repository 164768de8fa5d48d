package org.espalier.spark;

import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.espalier.search.DataLoader;
import org.espalier.search.Search;
import org.espalier.search.method.Method;
import org.espalier.search.method.MethodSettings;
import org.espalier.search.method.SearchData;
import org.espalier.storage.RecordCodec;

/** The setup of any method: the name of its class, its settings, and where packed data are. */
public final class MethodSetup implements ExecutorSetup {
  private static final long serialVersionUID = 1L;

  private final String method;
  private final byte[] settings;
  private final TreeMap<String, String> data;
  private final String folder;

  private MethodSetup(String method, byte[] settings, Map<String, String> data, String folder) {
    this.method = method;
    this.settings = settings;
    this.data = new TreeMap<>(data);
    this.folder = Objects.requireNonNull(folder, "folder");
  }

  /**
   * A setup.
   *
   * @param method which one
   * @param settings of it
   * @param data what it learns from
   * @param folder URI of the folder where the data are packed, which every executor can read
   */
  public static <C extends MethodSettings> MethodSetup of(
      Method<C> method, C settings, SearchData data, String folder) {
    byte[] encoded = new RecordCodec<>(method.settings()).encode(settings);
    return new MethodSetup(method.getClass().getName(), encoded, data.fingerprints(), folder);
  }

  @Override
  public Search<?, ?, ?, ?> search() {
    return search(method());
  }

  private <C extends MethodSettings> Search<?, ?, ?, ?> search(Method<C> made) {
    C decoded = new RecordCodec<>(made.settings()).decode(settings);
    return made.search(decoded, new SearchData(data));
  }

  private Method<?> method() {
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      return Class.forName(method, true, loader)
          .asSubclass(Method.class)
          .getDeclaredConstructor()
          .newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("the method %s cannot be made".formatted(method), e);
    }
  }

  @Override
  public DataLoader data() {
    return PackedData.here(folder);
  }
}
