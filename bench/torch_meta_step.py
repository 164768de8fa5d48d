#!/usr/bin/env python3
"""Reference meta-iteration in PyTorch: what a user of few-shot learning would run instead.

One iteration is first-order MAML (Finn et al., 2017, section 5.2) on random data, on ONE thread: for each of 4 tasks,
5 steps of SGD (rate 0.01) on the support images, the gradient of the query loss at the adapted weights, then one step
of Adam (rate 0.001) on the mean of these gradients.

    python3 torch_meta_step.py [--steps 9] [--rounds 3] [--compile] [variant ...]

Output: CSV on stdout, `variant,layout,cpu_ms,wall_ms` (the least over the rounds of the medians over the steps after 3
warm-up steps; cpu_ms is process CPU time, the figure to compare on a shared machine).  The rounds of all variants
take turns, so that a disturbance meets all of them.  Compare against the fastest line.  With --compile each variant is
also run through torch.compile (needs a C++ compiler; the first step takes a minute or more and is not counted),
as `variant+compile`.  Needs torch (tried with 2.13, CPU build); nothing else.

The network: 4 blocks of [conv3x3 without bias, 64 channels; batch norm with affine parameters by the statistics of the
batch; ReLU; max pooling 2x2] on 28x28x1, mean over the image, linear.  A task: 5 ways, 1 shot, 15 queries a class, so 5
support and 75 query images.  Support and query images are batches of their own.

Variants:

  autograd     a task after another: functional_call, torch.autograd.grad
  module       a task after another: weights of a module overwritten in place, backward()
  functional   plain F.conv2d and the like on a list of tensors, torch.autograd.grad: no module on the way
  vmap         torch.func: grad of one task, vmap over the tasks
"""
import argparse
import copy
import csv
import os
import sys
import time

os.environ.setdefault("OMP_NUM_THREADS", "1")

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.func import functional_call, grad, vmap

TASKS, WAYS, SHOTS, QUERIES, INNER_STEPS = 4, 5, 1, 15, 5
CHANNELS, BLOCKS, SIDE = 64, 4, 28
INNER_RATE, OUTER_RATE = 0.01, 0.001


class Network(nn.Sequential):
    def __init__(self):
        layers = []
        for block in range(BLOCKS):
            layers += [nn.Conv2d(CHANNELS if block else 1, CHANNELS, 3, padding=1, bias=False),
                       nn.BatchNorm2d(CHANNELS, track_running_stats=False), nn.ReLU(), nn.MaxPool2d(2)]
        super().__init__(*layers)
        self.linear = nn.Linear(CHANNELS, WAYS)

    def forward(self, x):
        for layer in list(self)[:-1]:
            x = layer(x)
        return self.linear(x.mean((2, 3)))


def tasks(layout):
    def images(count):
        x = torch.randn(TASKS, count, 1, SIDE, SIDE)
        return torch.stack([task.to(memory_format=layout) for task in x])

    def labels(count):
        return (torch.arange(count) % WAYS).repeat(TASKS, 1)

    support, query = WAYS * SHOTS, WAYS * QUERIES
    return images(support), labels(support), images(query), labels(query)


def by_task(gradient, parameters, data):
    """Mean over the tasks of what `gradient` gives for each."""
    total = None
    for task in zip(*data):
        gradients = gradient(parameters, *task)
        total = gradients if total is None else [a.add_(b) for a, b in zip(total, gradients)]
    return [g.div_(TASKS) for g in total]


def adapted(loss, parameters, x, y):
    """Leaves after the inner steps, that gradients are asked of."""
    for _ in range(INNER_STEPS):
        gradients = torch.autograd.grad(loss(parameters, x, y), parameters)
        parameters = [(p - INNER_RATE * g).detach().requires_grad_() for p, g in zip(parameters, gradients)]
    return parameters


def autograd_variant(net, wrap):
    names = [name for name, _ in net.named_parameters()]

    def plain(parameters, x, y):
        return F.cross_entropy(functional_call(net, dict(zip(names, parameters)), (x,)), y)

    return looped(wrap(plain))


def functional_variant(net, wrap):
    def plain(parameters, x, y):
        for block in range(BLOCKS):
            weight, scale, shift = parameters[3 * block:3 * block + 3]
            x = F.conv2d(x, weight, padding=1)
            x = F.max_pool2d(F.relu(F.batch_norm(x, None, None, scale, shift, True), inplace=True), 2)
        return F.cross_entropy(F.linear(x.mean((2, 3)), *parameters[-2:]), y)

    return looped(wrap(plain))


def looped(loss):
    def gradient(parameters, xs, ys, xq, yq):
        here = adapted(loss, parameters, xs, ys)
        return list(torch.autograd.grad(loss(here, xq, yq), here))

    return lambda parameters, data: by_task(gradient, parameters, data)


def module_variant(net, wrap):
    learner = copy.deepcopy(net)
    own = list(learner.parameters())
    optimiser = torch.optim.SGD(own, INNER_RATE)
    run = wrap(learner)

    def gradient(parameters, xs, ys, xq, yq):
        with torch.no_grad():
            torch._foreach_copy_(own, parameters)
        for x, y in [(xs, ys)] * INNER_STEPS + [(xq, yq)]:
            optimiser.zero_grad()
            F.cross_entropy(run(x), y).backward()
            if x is xs:
                optimiser.step()
        return [p.grad.clone() for p in own]

    return lambda parameters, data: by_task(gradient, parameters, data)


def vmap_variant(net, wrap):
    names = [name for name, _ in net.named_parameters()]

    def loss(parameters, x, y):
        return F.cross_entropy(functional_call(net, dict(zip(names, parameters)), (x,)), y)

    slope = grad(loss)

    def gradient(parameters, xs, ys, xq, yq):
        for _ in range(INNER_STEPS):
            parameters = [p - INNER_RATE * g for p, g in zip(parameters, slope(parameters, xs, ys))]
        return slope(parameters, xq, yq)

    together = wrap(vmap(gradient, in_dims=(None, 0, 0, 0, 0)))

    def mean(parameters, data):
        return [g.mean(0) for g in together([p.detach() for p in parameters], *data)]

    return mean


VARIANTS = {
    "autograd": autograd_variant,
    "module": module_variant,
    "functional": functional_variant,
    "vmap": vmap_variant,
}


class Run:
    """A variant in a layout, ready to take steps."""

    def __init__(self, name, layout, compiled):
        self.label = [name + "+compile" * compiled, layout]
        form = getattr(torch, {"contiguous": "contiguous_format"}.get(layout, layout))
        torch.manual_seed(1)
        net = Network().to(memory_format=form)
        self.parameters = list(net.parameters())
        self.data = tasks(form)
        self.optimiser = torch.optim.Adam(self.parameters, OUTER_RATE)
        self.gradient = VARIANTS[name](net, torch.compile if compiled else lambda f: f)
        self.cpu, self.wall = [], []

    def step(self):
        for p, g in zip(self.parameters, self.gradient(self.parameters, self.data)):
            p.grad = g
        self.optimiser.step()

    def measure(self, steps):
        cpu, wall = [], []
        for _ in range(steps):
            c, w = time.process_time(), time.perf_counter()
            self.step()
            cpu.append(time.process_time() - c)
            wall.append(time.perf_counter() - w)
        self.cpu.append(median(cpu))
        self.wall.append(median(wall))


def median(seconds):
    return sorted(seconds)[len(seconds) // 2] * 1e3


def main():
    parser = argparse.ArgumentParser(description="Reference meta-iteration in PyTorch, one thread.")
    parser.add_argument("variants", nargs="*", default=list(VARIANTS))
    parser.add_argument("--steps", type=int, default=9, help="a round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--compile", action="store_true", help="also through torch.compile")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    runs = [Run(name, layout, compiled)
            for name in arguments.variants
            for layout in ("contiguous", "channels_last")
            for compiled in ((False, True) if arguments.compile else (False,))]
    for run in runs:
        for _ in range(3):
            run.step()
    for _ in range(arguments.rounds):
        for run in runs:
            run.measure(arguments.steps)
    out = csv.writer(sys.stdout)
    out.writerow(["variant", "layout", "cpu_ms", "wall_ms"])
    for run in runs:
        out.writerow(run.label + [f"{min(run.cpu):.2f}", f"{min(run.wall):.2f}"])


if __name__ == "__main__":
    main()
