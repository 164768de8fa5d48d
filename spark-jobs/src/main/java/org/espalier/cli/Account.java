package org.espalier.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.security.UserGroupInformation;
import org.espalier.storage.HadoopFileSystems;

/**
 * The account that this process runs under. Containers run processes under any number, for which
 * the operating system may have neither a name nor a home; Hadoop and Spark insist on a name.
 */
final class Account {
  private static final Path SELF = Path.of("/proc/self");

  private Account() {}

  /**
   * Gives the account a name and a home if it has none.
   *
   * @return whether it had none
   * @throws org.espalier.text.InputException if Hadoop's configuration cannot be read, which says
   *     where names come from
   */
  static boolean complete() {
    Optional<String> name =
        missingName(System.getProperty("user.name", ""), System.getenv(), number());
    name.ifPresent(
        given -> {
          System.setProperty("user.name", given);
          String home = System.getenv("HOME");
          if (home != null && Files.isDirectory(Path.of(home))) {
            System.setProperty("user.home", home);
          }
          UserGroupInformation.setConfiguration(HadoopFileSystems.configuration());
          // With Kerberos the name is in the ticket.
          if (!UserGroupInformation.isSecurityEnabled()) {
            UserGroupInformation.setLoginUser(UserGroupInformation.createRemoteUser(given));
          }
        });
    return name.isPresent();
  }

  /**
   * The name to give.
   *
   * @param known what Java found, {@code "?"} or empty if nothing
   * @param environment as people name an account for Hadoop, or for programs
   * @param number of the account
   * @return empty if the account has a name
   */
  static Optional<String> missingName(
      String known, Map<String, String> environment, String number) {
    if (!known.isBlank() && !known.equals("?")) {
      return Optional.empty();
    }
    String given =
        environment.getOrDefault(
            "HADOOP_USER_NAME", environment.getOrDefault("USER", "uid" + number));
    return Optional.of(given.isBlank() ? "uid" + number : given);
  }

  private static String number() {
    try {
      return String.valueOf(Files.getAttribute(SELF, "unix:uid"));
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
      return "";
    }
  }
}
