package org.espalier.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactionTest {
  @ParameterizedTest
  @CsvSource({
    "http://bob:pw@host/x, http://bob:(hidden)@host/x",
    "ftp://bob:p@w@host:21/x, ftp://bob:(hidden)@host:21/x",
    "s3a://:pw@bucket/x, s3a://:(hidden)@bucket/x",
    "'a http://u:p@h,http://v:q@i b', 'a http://u:(hidden)@h,http://v:(hidden)@i b'",
    "https://h/x?sig=abc&size=3, https://h/x?sig=(hidden)&size=3",
    "https://h/x?a=1&X-Amz-Signature=abc, https://h/x?a=1&X-Amz-Signature=(hidden)",
    "https://h/x?access_token=abc, https://h/x?access_token=(hidden)"
  })
  void secretsWithinUrisAreHidden(String text, String shown) {
    assertThat(Redaction.text(text)).isEqualTo(shown);
    assertThat(Redaction.text(shown)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "spark://127.0.0.1:7077",
        "hdfs://nn:8020/a@b",
        "http://bob@host/x",
        "http://host:80/x y@z",
        "k8s://https://host:6443",
        "abfs://container@account.host/x?monkey=1",
        "bob:pw@host"
      })
  void whatHoldsNoneStaysAsItIs(String text) {
    assertThat(Redaction.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fs.s3a.secret.key",
        "fs.s3a.access.key",
        "spark.ssl.keyPassword",
        "spark.authenticate.secret",
        "a.apiKey"
      })
  void keysOfSecretsAreKnown(String key) {
    assertThat(Redaction.hides(key)).isTrue();
  }
}
