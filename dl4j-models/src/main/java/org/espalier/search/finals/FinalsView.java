package org.espalier.search.finals;

import java.util.Optional;

/**
 * What executors read in a round of a {@link FinalsSearch}.
 *
 * @param own the method's view while it searches; nothing afterwards, since trainings carry all
 *     they need
 * @param <V> view of the method
 */
public record FinalsView<V>(Optional<V> own) {}
