#!/usr/bin/env python3
"""Measures on this device what the operations of a search take, for 'espalier latency-table --import'.

    python3 measure.py --output latency.csv [--threads 1] [--rounds 40] [--device NAME]

Needs onnxruntime (with the numpy that comes with it) and Python 3.7 or newer, nothing else.
"""
import argparse
import datetime
import json
import os
import platform
import sys
import time

import numpy
import onnxruntime

LEAST = 1e-3  # microseconds; differences can come out as nothing
FOLDER = os.path.dirname(os.path.abspath(__file__))


class Model:
    """A small network that is timed, in rounds."""

    def __init__(self, file, threads):
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self.session = onnxruntime.InferenceSession(
            os.path.join(FOLDER, file), options, providers=["CPUExecutionProvider"])
        images = self.session.get_inputs()[0]
        values = numpy.random.default_rng(1).standard_normal(images.shape)
        self.inputs = {images.name: values.astype(numpy.float32)}
        self.nanoseconds = time.thread_time_ns if threads == 1 else time.perf_counter_ns
        self.rounds = []
        self.run(30)
        self.runs = int(max(3, min(100, 400 / max(1.0, self.run(3)))))

    def run(self, runs):
        """Microseconds of a run, on average, after two that do not count."""
        for _ in range(2):
            self.session.run(None, self.inputs)
        begin = self.nanoseconds()
        for _ in range(runs):
            self.session.run(None, self.inputs)
        return (self.nanoseconds() - begin) / 1e3 / runs

    def round(self):
        self.rounds.append(self.run(self.runs))


def quantile(values, share):
    return sorted(values)[int(share * (len(values) - 1) + 0.5)]


def device():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as lines:
            for line in lines:
                if line.startswith(("model name", "Hardware", "Model")):
                    return line.split(":", 1)[1].strip()
    except OSError:
        pass
    return platform.machine()


def main():
    parser = argparse.ArgumentParser(description="Measure the operations of a search on this device.")
    parser.add_argument("--output", default="latency.csv", help="the table; default latency.csv")
    parser.add_argument("--threads", type=int, default=1, help="that compute an operation; default 1")
    parser.add_argument("--rounds", type=int, default=40, help="how often everything is measured; default 40")
    parser.add_argument("--device", default=device(), help="what the device is called in the table")
    given = parser.parse_args()
    if given.threads < 1 or given.rounds < 1:
        parser.error("--threads and --rounds must be at least 1")
    with open(os.path.join(FOLDER, "operations.json"), encoding="utf-8") as file:
        listing = json.load(file)

    begin = time.monotonic()
    operations = {
        each["signature"]: (Model(each["one"], given.threads), Model(each["several"], given.threads))
        for each in listing["operations"]}
    wholes = {each["name"]: Model(each["file"], given.threads) for each in listing["wholes"]}
    models = [model for pair in operations.values() for model in pair] + list(wholes.values())
    print("%d networks ready after %.1f s" % (len(models), time.monotonic() - begin), flush=True)
    # Each round times everything once, so that a busy moment hits a little of everything.
    begin = time.monotonic()
    for done in range(1, given.rounds + 1):
        for model in models:
            model.round()
        if done % max(1, given.rounds // 4) == 0 and done < given.rounds:
            left = (time.monotonic() - begin) / done * (given.rounds - done)
            print("round %d of %d, %.0f s left" % (done, given.rounds, left), flush=True)

    more = listing["copies"] - 1
    times = {}
    # Sums first, which others are measured with.
    for each in sorted(listing["operations"], key=lambda each: len(each["besides"]) > 0):
        one, several = operations[each["signature"]]
        besides = sum(times[other][0] for other in each["besides"])
        copies = [(b - a) / more - besides for a, b in zip(one.rounds, several.rounds)]
        copy = (quantile(several.rounds, 0.25) - quantile(one.rounds, 0.25)) / more - besides
        times[each["signature"]] = (max(LEAST, copy), quantile(copies, 0.25), quantile(copies, 0.75))
    for name, model in wholes.items():
        times[name] = (quantile(model.rounds, 0.25), quantile(model.rounds, 0.25), quantile(model.rounds, 0.75))

    with open(given.output, "w", encoding="utf-8") as file:
        print("#espalier-latency,%d" % listing["format"], file=file)
        print("#space,%s" % listing["space"], file=file)
        print("#device,%s" % given.device.replace(",", " "), file=file)
        print("#threads,%d" % given.threads, file=file)
        print("#runtime,ONNX Runtime %s" % onnxruntime.__version__, file=file)
        print("#clock,%s" % ("processor time" if given.threads == 1 else "wall time"), file=file)
        print("#date,%s" % datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"), file=file)
        print("operation,microseconds,low,high", file=file)
        for name, figures in times.items():
            print("%s,%s" % (name, ",".join("%.4f" % figure for figure in figures)), file=file)
    print("%s after %.1f s" % (given.output, time.monotonic() - begin))
    return 0


if __name__ == "__main__":
    sys.exit(main())
