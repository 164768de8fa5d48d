package org.espalier.search.policy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What proposes widths, and how it learns. A component that is left out takes its default. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = LstmSettings.class, name = "lstm"),
  @JsonSubTypes.Type(value = SamplerSettings.class, name = "gumbel"),
})
public sealed interface PolicySettings permits LstmSettings, SamplerSettings {}
