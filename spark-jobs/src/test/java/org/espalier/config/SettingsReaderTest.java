package org.espalier.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.espalier.settings.OneOf;
import org.espalier.settings.Required;
import org.espalier.settings.SettingException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsReaderTest {
  @Test
  void readsEveryKindOfValue() {
    ToySettings settings =
        read(
            """
            seed: 12_345_678_901
            kind: slowAndSure
            rate: 1e-3
            widths: [4, 8]
            form: {type: square, side: 3, name: 7}
            spark:
              spark.ui.enabled: false
            fast: true
            """);

    assertThat(settings)
        .isEqualTo(
            new ToySettings(
                12_345_678_901L,
                ToySettings.Kind.SLOW_AND_SURE,
                0.001,
                List.of(4, 8),
                new ToySettings.Form.Square(3, "7"),
                Map.of("spark.ui.enabled", "false"),
                true));
  }

  @Test
  void aKeyLeftOutTakesTheDefaultOfTheRecord() {
    assertThat(read("{seed: 1, kind: quick}"))
        .isEqualTo(new ToySettings(1, ToySettings.Kind.QUICK, null, null, null, null, null));
  }

  @Test
  void aWordInQuotesIsTheSameWordSoJsonIsReadToo() {
    String json =
        """
        {
          "seed": 1, "kind": "slowAndSure", "rate": 1e-3, "widths": [4, 8],
          "form": {"type": "square", "side": 3, "name": "a/b"}, "fast": true
        }
        """;

    assertThat(read(json))
        .isEqualTo(
            new ToySettings(
                1,
                ToySettings.Kind.SLOW_AND_SURE,
                0.001,
                List.of(4, 8),
                new ToySettings.Form.Square(3, "a/b"),
                null,
                true));
    assertThat(read("seed: 1\nkind: 'quick'").kind()).isEqualTo(ToySettings.Kind.QUICK);
  }

  @Test
  void anAliasStandsForTheValueOfItsAnchor() {
    ToySettings settings =
        read("{seed: &s 3, kind: quick, widths: [*s, *s], spark: {a: &t x, b: *t}}");

    assertThat(settings.widths()).containsExactly(3, 3);
    assertThat(settings.spark()).isEqualTo(Map.of("a", "x", "b", "x"));
  }

  @Test
  void mergedKeysStandBehindTheOwnOnesAndThoseOfEarlierMappings() {
    ToySettings settings =
        read(
            """
            seed: 1
            kind: quick
            rate: 0.5
            <<: [{rate: 0.1, fast: true}, {fast: false, widths: [7]}]
            form:
              name: own
              <<: {type: square, side: 2, name: merged}
            """);

    assertThat(settings)
        .isEqualTo(
            new ToySettings(
                1,
                ToySettings.Kind.QUICK,
                0.5,
                List.of(7),
                new ToySettings.Form.Square(2, "own"),
                null,
                true));
  }

  @Test
  void manyAliasesAreFineButNotWhatGrowsWithoutEnd() {
    StringBuilder bomb = new StringBuilder("seed: 1\nkind: quick\nspark:\n  a0: &a0 [x]\n");
    for (int level = 1; level < 25; level++) {
      String below = "*a" + (level - 1);
      bomb.append("  a%s: &a%s [%s, %s]\n".formatted(level, level, below, below));
    }
    String many = "*w, ".repeat(500);

    assertThat(read("{seed: &w 1, kind: quick, widths: [" + many + "2]}").widths()).hasSize(501);
    assertThatThrownBy(() -> read(bomb.toString()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("aliases make more than 100,000 values");
  }

  @Test
  void anOverrideReplacesAKeyAtTheTopAndAddsAMissingOne() {
    Map<String, String> seed = Map.of("seed", "9");

    assertThat(read("{seed: 1, kind: quick}", seed).seed()).isEqualTo(9);
    assertThat(read("kind: quick", seed).seed()).isEqualTo(9);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {seed: 1, kind: quick, rat: 2}                  | toy.yaml:1:24: unknown key 'rat'; did you mean 'rate'?
          {seed: 1, kind: quick, zzzzzz: 2}               | expected one of seed, kind, rate, widths, form, spark, fast
          {seed: 1, kind: quik}                           | toy.yaml:1:17: kind: expected one of slowAndSure, quick, got 'quik'; did you mean 'quick'?
          {seed: one, kind: quick}                        | toy.yaml:1:8: seed: expected a whole number of at most 64 bits, got 'one'
          {seed: 1.5, kind: quick}                        | seed: expected a whole number
          {seed: 99999999999999999999, kind: quick}       | seed: expected a whole number of at most 64 bits, got '99999999999999999999'
          {seed: "1", kind: quick}                        | seed: expected a whole number
          {kind: quick}                                   | toy.yaml:1:1: missing key 'seed'
          {seed: 1}                                       | toy.yaml:1:1: missing key 'kind': how it is done
          {seed: , kind: quick}                           | toy.yaml:1:7: seed: has no value, expected a whole number
          {seed: 1, kind: quick, rate: 2}                 | toy.yaml:1:24: rate must be in (0, 1], got 2.0
          {seed: 1, kind: quick, rate: .nan}              | rate: expected a number, got '.nan'
          {seed: 1, kind: quick, rate: 1e999}             | rate: expected a number, got '1e999'
          {seed: 1, kind: quick, fast: yes}               | fast: expected true or false, got 'yes'
          {seed: 1, kind: quick, widths: 8}               | widths: expected a list such as [a, b]
          {seed: 1, kind: quick, widths: [8, x]}          | toy.yaml:1:36: widths[1]: expected a whole number
          {seed: 1, kind: quick, form: round}             | form: expected keys and values below it
          {seed: 1, kind: quick, form: {side: 3}}         | form: missing key 'type', one of round, square
          {seed: 1, kind: quick, form: {type: sqare}}     | unknown value 'sqare' (form.type); did you mean 'square'?
          {seed: 1, kind: quick, form: {type: square, side: 0}} | toy.yaml:1:45: form: side must be at least 1, got 0
          {seed: 1, kind: quick, form: {type: square, sides: 2}} | unknown key 'sides' (form.sides); did you mean 'side'?
          {seed: 1, kind: quick, rate: 0.1, rate: 0.2}    | toy.yaml:1:35: rate: key is given twice, first in line 1
          {seed: 1, kind: quick, spark: {a: [1]}}         | spark.a: expected text
          {seed: 1, kind: quick, ? [a] : 2}               | expected a plain word as key
          [1, 2]                                          | toy.yaml:1:1: expected a mapping of keys to values
          {seed: 1, kind: quick                           | not valid YAML
          {seed: &a 1, kind: *a}                          | toy.yaml:1:8: kind: expected one of slowAndSure, quick, got '1'
          {seed: 1, kind: *a}                             | toy.yaml:1:17: not valid YAML: found undefined alias a
          {seed: 1, kind: quick, widths: &a [*a]}         | toy.yaml:1:32: an alias stands for something that contains it
          {seed: 1, <<: 3}                                | toy.yaml:1:15: << expected keys and values, or a list of such
          {seed: 1, '<<': {kind: quick}}                  | unknown key '<<'
          {seed: 1, <<: {kind: quick, rat: 1}}            | toy.yaml:1:29: unknown key 'rat'; did you mean 'rate'?
          {seed: 1, kind: "quik"}                         | toy.yaml:1:17: kind: expected one of slowAndSure, quick, got 'quik'; did you mean 'quick'?
          {seed: 1, kind: quick, fast: "true"}            | fast: expected true or false, got 'true'
          ''                                              | toy.yaml:1:1: the file is empty
          """)
  void aMistakeIsNamedWithItsPlace(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(message);
  }

  @Test
  void allMistakesAreNamedAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    sed: 1
                    kind: quick
                    widths: [8, x]
                    """))
        .hasMessage(
            String.join(
                System.lineSeparator(),
                "toy.yaml:1:1: unknown key 'sed'; did you mean 'seed'?",
                "toy.yaml:3:13: widths[1]: expected a whole number from -2147483648 to 2147483647,"
                    + " got 'x'",
                "toy.yaml:1:1: missing key 'seed'"));
  }

  @Test
  void deepNestingAndHugeFilesAreRefused(@TempDir Path folder) throws Exception {
    Path huge = folder.resolve("huge.yaml");
    Files.write(huge, new byte[ConfigSource.LARGEST + 1]);

    assertThatThrownBy(() -> read("seed: " + "[".repeat(100) + "]".repeat(100)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("not valid YAML");
    assertThatThrownBy(() -> ConfigSource.of(huge)).hasMessageContaining("at most 1048576");
  }

  record Lamp(@Required Bulb bulb, Integer volts) {
    Lamp {
      if (bulb.watts() > 100) {
        throw new SettingException("bulb.watts", "must be at most 100, got " + bulb.watts());
      }
      if (volts == null) {
        throw new SettingException("bulb.colour", "must go with volts");
      }
      if (volts == 0) {
        throw new NullPointerException("volts");
      }
    }
  }

  @OneOf(
      value = {"watts", "candela"},
      exclusive = true,
      what = "how bright it is")
  record Bulb(Integer watts, Integer candela, String colour) {}

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {volts: 12, bulb: {watts: 101}} | toy.yaml:1:20: bulb.watts must be at most 100, got 101
          {bulb: {watts: 1}}              | toy.yaml:1:2: bulb.colour must go with volts
          {bulb: {}}                      | toy.yaml:1:8: bulb: exactly one of watts, candela must be given: how bright it is
          {bulb: {watts: 1, candela: 2}}  | toy.yaml:1:19: bulb: exactly one of watts, candela must be given: how bright it is; there are watts, candela
          {bulb: {wats: 1}}               | toy.yaml:1:9: unknown key 'wats' (bulb.wats); did you mean 'watts'?
          {}                              | toy.yaml:1:1: missing key 'bulb'
          """)
  void aRuleThatIsBrokenIsShownAtTheKeyThatItNames(String yaml, String message) {
    ConfigSource source = new ConfigSource("toy.yaml", yaml);

    assertThatThrownBy(() -> SettingsReader.read(source, Lamp.class))
        .isInstanceOf(ConfigException.class)
        .hasMessage(message);
  }

  @Test
  void whatElseAConstructorThrowsIsAMistakeOfTheProgram() {
    ConfigSource source = new ConfigSource("toy.yaml", "{volts: 0, bulb: {watts: 1}}");

    assertThatThrownBy(() -> SettingsReader.read(source, Lamp.class))
        .isExactlyInstanceOf(NullPointerException.class)
        .hasMessage("volts");
  }

  @Test
  void aYamlTagMakesNoObject() {
    assertThatThrownBy(() -> read("!!javax.script.ScriptEngineManager {seed: 1}"))
        .isInstanceOf(ConfigException.class);
  }

  private static ToySettings read(String yaml) {
    return read(yaml, Map.of());
  }

  private static ToySettings read(String yaml, Map<String, String> overrides) {
    return SettingsReader.read(new ConfigSource("toy.yaml", yaml), ToySettings.class, overrides);
  }
}
