package org.espalier.data.format;

/**
 * What a zip file may unpack to, so that a small file cannot fill the memory.
 *
 * @param packedBytes most bytes of the file itself
 * @param entries most files and folders in it
 * @param entryBytes most unpacked bytes of one file
 * @param totalBytes most unpacked bytes of all files
 */
record ZipLimits(int packedBytes, int entries, int entryBytes, long totalBytes) {
  /** Ten times what all of Omniglot needs. */
  static final ZipLimits STANDARD = new ZipLimits(1 << 28, 400_000, 1 << 20, 1L << 30);

  /** Pictures are packed already; more than this is a bomb, or nothing but blank paper. */
  private static final long MOST_RATIO = 100;

  private static final long ALWAYS = 16L << 20;

  /** Most unpacked bytes of all files in a zip of so many bytes. */
  long totalBytes(long packed) {
    return Math.min(totalBytes, Math.max(ALWAYS, MOST_RATIO * packed));
  }
}
