package org.espalier.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One mistake. In texts {@code {folder}} stands for a folder of the test's own.
 *
 * @param name of the mistake
 * @param files that are there, by name
 * @param arguments of the command line
 * @param expected parts of the message
 * @param code expected of the shell
 */
record BadInput(
    String name,
    Map<String, byte[]> files,
    List<String> arguments,
    List<String> expected,
    int code) {

  static BadInput of(String arguments, String... expected) {
    return new BadInput(
        arguments,
        Map.of(),
        List.of(arguments.split(" ", -1)),
        List.of(expected),
        ExitCode.BAD_INPUT);
  }

  BadInput withFile(String file, byte[] content) {
    return new BadInput(name, Map.of(file, content), arguments, expected, code);
  }

  BadInput named(String other) {
    return new BadInput(other, files, arguments, expected, code);
  }

  BadInput withOutput(String folder) {
    List<String> changed = new ArrayList<>(arguments);
    changed.set(changed.indexOf("--output") + 1, folder);
    return new BadInput(name, files, changed, expected, code);
  }

  BadInput withCode(int other) {
    return new BadInput(name, files, arguments, expected, other);
  }

  void writeFiles(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      String text = new String(file.getValue(), StandardCharsets.ISO_8859_1);
      String placed = text.replace("{path}", folder.toString());
      Files.write(path, placed.getBytes(StandardCharsets.ISO_8859_1));
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
