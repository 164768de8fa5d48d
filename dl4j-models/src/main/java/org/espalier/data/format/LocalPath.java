package org.espalier.data.format;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.espalier.data.DataException;

/**
 * A file or folder of this machine. Names are UTF-8 whatever the locale: where none is set, the
 * names that Java decodes, and Hadoop with it, lead nowhere, and listings leave such files out. A
 * path that comes from a URI, and becomes one, keeps its bytes.
 */
final class LocalPath extends DataPath {
  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";

  private final Path local;

  LocalPath(FileSystem raw, org.apache.hadoop.fs.Path path) {
    super(raw, path);
    URI uri = path.toUri();
    if (uri.getAuthority() != null) {
      throw new DataException(
          path.toString(), "names the host %s; expected file:///...".formatted(uri.getAuthority()));
    }
    local = Path.of(URI.create("file://" + escaped(uri.getPath())));
  }

  private LocalPath(FileSystem raw, org.apache.hadoop.fs.Path path, Path local) {
    super(raw, path);
    this.local = local;
  }

  @Override
  Kind kind() {
    return ask(
        () -> {
          try {
            BasicFileAttributes found = Files.readAttributes(local, BasicFileAttributes.class);
            return found.isDirectory()
                ? Kind.FOLDER
                : found.isRegularFile() ? Kind.FILE : Kind.OTHER;
          } catch (AccessDeniedException denied) {
            throw denied;
          } catch (FileSystemException nothing) {
            // Links in a circle are no NoSuchFileException.
            if (Files.isSymbolicLink(local)) {
              return Kind.DEAD_LINK;
            }
            if (nothing instanceof NoSuchFileException) {
              return Kind.NOTHING;
            }
            throw nothing;
          }
        });
  }

  @Override
  Optional<Path> local() {
    return Optional.of(local);
  }

  @Override
  long length() {
    return ask(() -> Files.size(local));
  }

  @Override
  List<DataPath> entries() {
    List<DataPath> entries = new ArrayList<>();
    List<String> broken = new ArrayList<>();
    for (Path entry : ask(this::list)) {
      byte[] name = nameOf(entry);
      try {
        String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(name)).toString();
        entries.add(new LocalPath(fileSystem(), below(text), entry));
      } catch (CharacterCodingException notUtf8) {
        broken.add(shown(name));
      }
    }
    if (!broken.isEmpty()) {
      throw new DataException(
          toString(),
          "%s names in this folder are not UTF-8, such as '%s'; expected UTF-8 (convmv renames)"
              .formatted(broken.size(), broken.get(0)));
    }
    entries.sort(Comparator.comparing(DataPath::name));
    return List.copyOf(entries);
  }

  private List<Path> list() throws IOException {
    List<Path> found = new ArrayList<>();
    try (DirectoryStream<Path> stream = Files.newDirectoryStream(local)) {
      stream.forEach(found::add);
    } catch (DirectoryIteratorException failure) {
      throw failure.getCause();
    }
    return found;
  }

  @Override
  InputStream openFile() throws IOException {
    return Files.newInputStream(local);
  }

  @Override
  DataPath child(String name) {
    return new LocalPath(fileSystem(), below(name));
  }

  private static String escaped(String path) {
    StringBuilder escaped = new StringBuilder();
    for (byte each : path.getBytes(StandardCharsets.UTF_8)) {
      if (PLAIN.indexOf(each) >= 0) {
        escaped.append((char) each);
      } else {
        escaped.append(String.format(Locale.ROOT, "%%%02X", each));
      }
    }
    return escaped.toString();
  }

  /** The bytes of a path's last name. */
  private static byte[] nameOf(Path path) {
    String uri = path.toUri().getRawPath();
    int end = uri.endsWith("/") ? uri.length() - 1 : uri.length();
    ByteArrayOutputStream name = new ByteArrayOutputStream();
    for (int i = uri.lastIndexOf('/', end - 1) + 1; i < end; i++) {
      boolean escape = uri.charAt(i) == '%';
      name.write(escape ? Integer.parseInt(uri, i + 1, i + 3, 16) : uri.charAt(i));
      i += escape ? 2 : 0;
    }
    return name.toByteArray();
  }

  private static String shown(byte[] name) {
    StringBuilder shown = new StringBuilder();
    for (byte each : name) {
      shown.append(
          each >= ' ' && each < 127
              ? "" + (char) each
              : String.format(Locale.ROOT, "\\x%02X", each));
    }
    return shown.toString();
  }
}
