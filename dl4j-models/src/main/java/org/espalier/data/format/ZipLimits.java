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
}
