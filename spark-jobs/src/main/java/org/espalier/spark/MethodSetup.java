package org.espalier.spark;

import java.io.Serializable;
import java.util.Objects;
import org.espalier.search.DataLoader;
import org.espalier.search.Search;
import org.espalier.storage.RecordCodec;

/**
 * The setup of any method that is made from a settings record and the fingerprint of packed images.
 *
 * @param <C> settings of the method
 */
public final class MethodSetup<C> implements ExecutorSetup {
  private static final long serialVersionUID = 1L;

  private final Class<C> type;
  private final byte[] settings;
  private final Method<C> method;
  private final String data;
  private final String folder;

  /**
   * Makes a search, usually a constructor.
   *
   * @param <C> settings of the method
   */
  @FunctionalInterface
  public interface Method<C> extends Serializable {
    /** The search on data of a fingerprint. */
    Search<?, ?, ?, ?> search(C settings, String data);
  }

  private MethodSetup(
      Class<C> type, byte[] settings, Method<C> method, String data, String folder) {
    this.type = type;
    this.settings = settings;
    this.method = method;
    this.data = data;
    this.folder = folder;
  }

  /**
   * A setup.
   *
   * @param type of the settings
   * @param settings a record
   * @param method makes the search
   * @param data fingerprint of the images
   * @param folder URI of the folder where they are packed, which every executor can read
   */
  public static <C> MethodSetup<C> of(
      Class<C> type, C settings, Method<C> method, String data, String folder) {
    return new MethodSetup<>(
        type,
        new RecordCodec<>(type).encode(settings),
        Objects.requireNonNull(method, "method"),
        Objects.requireNonNull(data, "data"),
        Objects.requireNonNull(folder, "folder"));
  }

  @Override
  public Search<?, ?, ?, ?> search() {
    return method.search(new RecordCodec<>(type).decode(settings), data);
  }

  @Override
  public DataLoader data() {
    return PackedData.here(folder);
  }
}
