package org.espalier.run;

import java.io.IOException;
import java.util.function.Predicate;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/** Local files, except that creating some of them fails. */
final class FaultyFileSystem extends FilterFileSystem {
  private final String message;
  private Predicate<String> fails = path -> false;

  FaultyFileSystem(String message) throws IOException {
    super(FileSystem.getLocal(new Configuration()).getRaw());
    this.message = message;
  }

  void failOn(Predicate<String> paths) {
    fails = paths;
  }

  @Override
  public FSDataOutputStream create(
      Path path,
      FsPermission permission,
      boolean overwrite,
      int bufferSize,
      short replication,
      long blockSize,
      Progressable progress)
      throws IOException {
    if (fails.test(path.toString())) {
      throw new IOException(message);
    }
    return super.create(path, permission, overwrite, bufferSize, replication, blockSize, progress);
  }
}
