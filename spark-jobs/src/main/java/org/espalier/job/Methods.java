package org.espalier.job;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.espalier.search.finals.MethodSettings;
import org.espalier.search.random.RandomWidthSearch;
import org.espalier.search.random.RandomWidthSettings;
import org.espalier.search.width.AffineSharingSearch;
import org.espalier.search.width.AffineSharingSettings;

/** The search methods there are. */
final class Methods {
  private static final List<Method<?>> ALL =
      List.of(
          new Method<>(
              "randomWidths",
              "Random width search",
              RandomWidthSettings.class,
              SearchSettings::randomWidths,
              RandomWidthSearch::of),
          new Method<>(
              "affineSharing",
              "Width search with affine parameter sharing",
              AffineSharingSettings.class,
              SearchSettings::affineSharing,
              (settings, data) -> new AffineSharingSearch(settings, data).whole()));

  private Methods() {}

  /** Keys of their sections, for messages. */
  static String keys() {
    return ALL.stream().map(Method::key).collect(Collectors.joining(", "));
  }

  /** The methods whose sections are given. */
  static List<ChosenMethod<?>> given(SearchSettings settings) {
    return ALL.stream().flatMap(method -> chosen(method, settings).stream()).toList();
  }

  private static <C extends MethodSettings> Optional<ChosenMethod<?>> chosen(
      Method<C> method, SearchSettings settings) {
    return Optional.ofNullable(method.section().apply(settings))
        .map(section -> new ChosenMethod<>(method, section));
  }
}
