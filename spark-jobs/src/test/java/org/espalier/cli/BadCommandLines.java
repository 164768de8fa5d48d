package org.espalier.cli;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

/** Mistakes on the command line. */
final class BadCommandLines {
  private static final String TRAIN = "train --config {folder}/good.yaml --output {folder}/run";
  private static final String SEARCH = "search --config {folder}/search.yaml --output {folder}/run";

  private BadCommandLines() {}

  static Stream<BadInput> all() {
    return Stream.of(
        BadInput.of("trian", "'trian'", "did you mean 'train'?", "--help"),
        BadInput.of("--hlep", "'--hlep'", "did you mean '--help'?"),
        BadInput.of("frobnicate", "'frobnicate'", "expected one of quickstart"),
        BadInput.of("train --output {folder}/run", "--config FILE is missing"),
        BadInput.of("train --confg x.yaml", "'--confg'", "did you mean '--config'?"),
        BadInput.of("train --config", "--config"),
        BadInput.of("train --config {folder}/none.yaml", "{folder}/none.yaml: no such file"),
        BadInput.of("train --config l\ufffdwe.yaml", "'l?we.yaml'", "lost", "LC_ALL=C.UTF-8"),
        BadInput.of("train --config {folder}/thesis", "is a folder, expected a YAML file"),
        BadInput.of(TRAIN + " --seed one", "--seed", "'one'"),
        BadInput.of(TRAIN + " --seed 1.5", "--seed", "'1.5'"),
        BadInput.of(TRAIN + " --master yarn", "--master must be local", "'yarn'"),
        BadInput.of(TRAIN + " extra", "extra"),
        BadInput.of(SEARCH + " --master lokal[2]", "--master is local[N]", "'lokal[2]'"),
        BadInput.of(SEARCH + " --master local[0]", "'local[0]'"),
        BadInput.of(SEARCH + " --master local[99999999999]", "'local[99999999999]'"),
        BadInput.of(SEARCH + " --master spark://host", "'spark://host'"),
        BadInput.of(
            SEARCH + " --master spark://192.0.2.1:7077",
            "--output '{folder}/run' is a folder of this machine",
            "sharedFileSystem: true"),
        BadInput.of(SEARCH + " --deploy-mode cluster", "--deploy-mode cluster needs a cluster"),
        BadInput.of(SEARCH + " --deploy-mode cloud", "--deploy-mode", "cloud"),
        BadInput.of(TRAIN + " --deploy-mode cluster", "takes no --deploy-mode"),
        BadInput.of(TRAIN + " --gpu", "takes no --gpu; 'espalier search' does"),
        BadInput.of(TRAIN + " --executor-memory 3g", "takes no --executor-memory"),
        BadInput.of(TRAIN + " --executor-cores 2", "takes no --executor-cores"),
        BadInput.of(TRAIN + " --conf spark.cores.max=8", "takes no --conf"),
        BadInput.of(TRAIN + " --print-command", "takes no --print-command"),
        BadInput.of(
            SEARCH + " --deploy-mode cluster --dry-run",
            "--deploy-mode cluster needs a cluster, and --master local[*] is this process"),
        BadInput.of(SEARCH + " --gpu", "--gpu is for executors, and --master local[*] has none"),
        BadInput.of(SEARCH + " --executor-cores 2", "--executor-cores is for executors"),
        BadInput.of(SEARCH + " --executor-memory 3g", "--executor-memory is for executors"),
        BadInput.of(
            "search --config {folder}/good.yaml --output {folder}/run",
            "good.yaml: is a configuration of 'espalier train'"),
        BadInput.of(
            "train --config {folder}/search.yaml --output {folder}/run",
            "search.yaml: is a configuration of 'espalier search'"),
        BadInput.of(
            "cost --config {folder}/search.yaml",
            "search.yaml: is a configuration of 'espalier search'"),
        BadInput.of("train --config /dev/zero --output {folder}/run", "/dev/zero: is a pipe or a"),
        BadInput.of("cost --network /dev/zero", "'/dev/zero' cannot be read: is a pipe or a"),
        BadInput.of("cost --network {folder}/null.json", "null.json: holds null")
            .withFile("null.json", "null".getBytes(StandardCharsets.UTF_8)),
        BadInput.of(
            "train --config {folder}/good.yaml --output http://127.0.0.1:9/run",
            "http://127.0.0.1:9/run",
            "nothing can be written there"),
        BadInput.of(
            "train --config {folder}/good.yaml --output abfs://c@a/run",
            "no file system for scheme 'abfs'"),
        BadInput.of(
            "export --run {folder}/none --output s3a://bucket/x",
            "no file system for scheme 's3a'"),
        BadInput.of("export --run {folder}/none --output ", "--output names no folder"),
        BadInput.of(SEARCH + " --conf cores.max=8", "'cores.max'"),
        BadInput.of(SEARCH + " --conf spark.executor.memory=5g", "--executor-memory; give that"),
        BadInput.of(SEARCH + " --executor-memory 3gigs", "such as 3g, got '3gigs'"),
        BadInput.of(SEARCH + " --executor-memory 100m", "at least 1g"),
        BadInput.of(SEARCH + " --gpu --executor-cores 2", "it has 1 core, got 2"),
        BadInput.of(
            "train --config {folder}/good.yaml --output {folder}/thesis",
            "thesis is not empty and not a run (it holds chapter1.txt)"),
        BadInput.of(
            "train --config {folder}/good.yaml --output {folder}/thesis --fresh",
            "is not empty and not a run"),
        BadInput.of(
            "train --config {folder}/good.yaml --output {folder}/plain.txt/run",
            "--output '{folder}/plain.txt/run' cannot be made",
            "plain.txt is not a folder"),
        BadInput.of(
            "train --config {folder}/good.yaml --output nosuch://there/run",
            "nosuch",
            "cannot use 'nosuch://there/run' as a run"),
        BadInput.of("evaluate", "--run"),
        BadInput.of("evaluate --run {folder}/none", "{folder}/none is not a run"),
        BadInput.of("evaluate --run {folder}/thesis", "thesis is not a run"),
        BadInput.of("evaluate --run {folder}", "its config.yaml was not written by this program")
            .withFile("config.yaml", BadConfigurations.GOOD.getBytes(StandardCharsets.UTF_8)),
        BadInput.of("evaluate --run {folder}/none --part tset", "--part", "'tset'"),
        BadInput.of("evaluate --run {folder}/none --top 0", "k must be from 1 to"),
        BadInput.of("export --run {folder}/none", "--output"),
        BadInput.of("export --run {folder}/none --output {folder}/plain.txt", "is not a folder"),
        BadInput.of("export --run {folder}/none --output {folder}/o --batch -1", "batch must be"),
        BadInput.of("export --run {folder}/none --output {folder}/o --layout chwn", "--layout"),
        BadInput.of("predict {folder}/plain.txt", "--model"),
        BadInput.of("predict --model {folder}/none", "PICTURE|FOLDER"),
        BadInput.of("predict --model m {folder}/no.png", "no.png: no such file or folder"),
        BadInput.of(
            "predict --model {folder}/none {folder}/plain.txt",
            "there is no folder {folder}/none; expected the folder of a model: RUN/model"),
        BadInput.of(
            "predict --model {folder}/plain.txt {folder}/plain.txt", "plain.txt is not a folder"),
        BadInput.of("predict --model {folder}/thesis {folder}/plain.txt", "it has no MANIFEST"),
        BadInput.of("predict --model nosuch://m {folder}/plain.txt", "'nosuch://m' as a model"),
        BadInput.of("predict --model m {folder}/plain.txt /dev/zero", "is neither a file nor a"),
        BadInput.of("predict --model m {folder}/plain.txt --top 0", "--top must be at least 1"),
        BadInput.of("predict --model m {folder}/plain.txt --format xml", "--format", "xml"),
        BadInput.of("predict --model m {folder}/plain.txt --on-unreadable x", "--on-unreadable"),
        BadInput.of("cost", "--config"),
        BadInput.of(
            "cost --config {folder}/good.yaml --csv --json", "give --csv or --json, not both"),
        BadInput.of(SEARCH + " --print-command --json", "leave --json out"),
        BadInput.of("cost --network {folder}/none.json", "none.json"),
        BadInput.of("cost --network {folder}/plain.txt", "plain.txt"),
        BadInput.of("cost --network a:b", "the network 'a:b' cannot be read"),
        BadInput.of(
            "bench",
            "say what to measure: steps, rounds, width-truth, cells-truth, meta-truth, tables, augment, augment-known"),
        BadInput.of("bench width-truth --table {folder}/none.csv", "there is no --table"),
        BadInput.of("bench width-truth --retrain --seeds 0", "--seeds must be at least 1"),
        BadInput.of("bench cells-truth --table {folder}/none.csv", "there is no --table"),
        BadInput.of("bench cells-truth --retrain --seeds 0", "--seeds must be at least 1"),
        BadInput.of("bench steps tinny", "unknown workload 'tinny'", "did you mean 'tiny'?"),
        BadInput.of("bench steps --csv {folder}/none/x.csv tiny", "cannot write --csv"));
  }
}
