package org.espalier.search.finals;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.espalier.network.NetworkSpec;
import org.espalier.report.ParallelAxes;
import org.espalier.search.Assessment;
import org.espalier.training.Score;
import org.junit.jupiter.api.Test;

class CandidateAxesTest {
  @Test
  void anAxisIsALayerThatVariesOrACost() {
    List<Assessment> candidates =
        List.of(
            assessment(0, Networks.candidate(4, 4), 0.5),
            assessment(1, Networks.candidate(4, 8), 0.75).choosing(network(4, 8)),
            assessment(2, Networks.candidate(4, 6), 0.25));

    ParallelAxes axes = CandidateAxes.of("c", candidates).orElseThrow();

    assertThat(axes.axes()).hasSize(3).endsWith("MACs", "parameters");
    assertThat(axes.lines())
        .extracting(ParallelAxes.Line::measured)
        .containsExactly(75.0, 50.0, 25.0);
    assertThat(axes.lines().get(0).values())
        .containsExactly(
            8.0,
            (double) Networks.candidate(4, 8).macs(),
            (double) Networks.candidate(4, 8).parameters());
    assertThat(axes.lines())
        .extracting(ParallelAxes.Line::chosen)
        .containsExactly(true, false, false);
  }

  @Test
  void whatHasNoScoreIsNotDrawnAndFewAreNothing() {
    Assessment failed =
        new Assessment(
            "trial",
            "candidate 9",
            "",
            Networks.candidate(4, 4).network(),
            Optional.empty(),
            0,
            "it diverged",
            false);
    List<Assessment> candidates =
        new ArrayList<>(
            List.of(
                failed,
                assessment(0, Networks.candidate(4, 4), 0.5),
                assessment(1, Networks.candidate(4, 8), 0.5)));

    assertThat(CandidateAxes.of("c", candidates)).isEmpty();
    candidates.add(assessment(2, Networks.candidate(8, 8), 0.5));
    assertThat(CandidateAxes.of("c", candidates).orElseThrow().lines()).hasSize(3);
  }

  @Test
  void ofVeryManyTheBestAreDrawn() {
    Candidate one = Networks.candidate(4, 4);
    List<Assessment> candidates =
        IntStream.range(0, 500).mapToObj(i -> assessment(i, one, i / 500.0)).toList();

    ParallelAxes axes = CandidateAxes.of("c", candidates).orElseThrow();

    assertThat(axes.title()).isEqualTo("c; the best 300 of 500");
    assertThat(axes.lines()).hasSize(300).allMatch(line -> line.measured() >= 40);
  }

  private static Optional<NetworkSpec> network(int second, int third) {
    return Optional.of(Networks.candidate(second, third).network());
  }

  private static Assessment assessment(int number, Candidate candidate, double accuracy) {
    return new Assessment(
        "trial",
        "candidate " + number,
        candidate.description(),
        candidate.network(),
        Optional.of(new Score(1, accuracy)),
        7,
        "",
        false);
  }
}
