package org.espalier.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class AccountTest {
  @Test
  void anAccountWithoutANameIsCalledAsTheEnvironmentSaysOrByItsNumber() {
    Map<String, String> nothing = Map.of();

    assertThat(Account.missingName("ann", nothing, "7")).isEmpty();
    assertThat(Account.missingName("?", nothing, "7")).contains("uid7");
    assertThat(Account.missingName("", nothing, "7")).contains("uid7");
    assertThat(Account.missingName("?", Map.of("USER", ""), "7")).contains("uid7");
    assertThat(Account.missingName("?", Map.of("USER", "bob"), "7")).contains("bob");
    assertThat(Account.missingName("?", Map.of("USER", "bob", "HADOOP_USER_NAME", "eve"), "7"))
        .contains("eve");
  }
}
