package org.espalier.search.policy;

/** What proposes widths, and how it learns. A component that is left out takes its default. */
public sealed interface PolicySettings permits LstmSettings, SamplerSettings {}
