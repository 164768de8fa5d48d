package org.espalier.search;

/** Finds data by fingerprint, on the driver and on executors alike. */
public interface DataLoader {
  /** A loader for searches that read no data. */
  DataLoader NONE = new NoData();

  /**
   * The data with a fingerprint. Callers share what they get and must not change it.
   *
   * @param fingerprint as settings, views and items name it
   * @param type what the caller expects, for example an image data set
   * @throws IllegalArgumentException if there is no such data
   */
  <D> D load(String fingerprint, Class<D> type);

  /** Has no data. */
  final class NoData implements DataLoader {
    private NoData() {}

    @Override
    public <D> D load(String fingerprint, Class<D> type) {
      throw new IllegalArgumentException("no data is called '" + fingerprint + "'");
    }
  }
}
