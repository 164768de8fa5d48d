#!/usr/bin/env python3
"""Image operations in torchvision, on tensors of bytes: how fast they are there.

    python3 torchvision_operations.py [--rounds 7]

Times every operation over the wide ranges of TrivialAugment, and torchvision's own policies, on single images
[channels, height, width], one thread, and prints CSV `what,images,cpu_us` (microseconds of processor time an image, the
median of the rounds) as `espalier bench augment` does.  Needs torch and torchvision (tried with 2.13 and 0.29).
"""
import argparse
import random
import time

import torch
from torchvision.transforms import AutoAugment, AutoAugmentPolicy, RandAugment, TrivialAugmentWide
from torchvision.transforms import functional as F
from torchvision.transforms.autoaugment import _apply_op
from torchvision.transforms import InterpolationMode

NAMES = {"ShearX": "shearX", "ShearY": "shearY", "TranslateX": "translateX", "TranslateY": "translateY", "Rotate": "rotate",
         "AutoContrast": "autoContrast", "Invert": "invert", "Equalize": "equalize", "Solarize": "solarize",
         "Posterize": "posterize", "Contrast": "contrast", "Color": "color", "Brightness": "brightness", "Sharpness": "sharpness"}


def things(colour):
    space = TrivialAugmentWide()._augmentation_space(31)
    timed = {}
    for theirs, name in NAMES.items():
        if not colour and name == "color":
            continue
        magnitudes, signed = space.get(theirs, (torch.tensor(0.0), False))
        steps = [float(magnitudes[i]) * (random.choice((-1, 1)) if signed else 1) if magnitudes.ndim else 0.0 for i in range(31)]
        timed[name] = lambda i, image, o=theirs, s=steps: _apply_op(image, o, s[i % 31], InterpolationMode.NEAREST, None)
    timed["horizontalFlip"] = lambda i, image: F.hflip(image)
    for name, policy in (("randAugment", RandAugment()), ("trivialAugment", TrivialAugmentWide()),
                         ("autoAugment", AutoAugment(AutoAugmentPolicy.CIFAR10))):
        timed["policy " + name] = lambda i, image, p=policy: p(image)
    return timed


def microseconds(change, pictures):
    start = time.process_time()
    for i, image in enumerate(pictures):
        change(i, image)
    return (time.process_time() - start) * 1e6 / len(pictures)


def main():
    parser = argparse.ArgumentParser(description="Image operations in torchvision, one thread.")
    parser.add_argument("--rounds", type=int, default=7)
    rounds = parser.parse_args().rounds
    torch.set_num_threads(1)
    print("what,images,cpu_us")
    for height, width, channels in ((28, 28, 1), (32, 32, 3)):
        pictures = list(torch.randint(20, 200, (500, channels, height, width), dtype=torch.uint8))
        timed = things(channels == 3)
        times = {name: [] for name in timed}
        for _ in range(rounds + 1):
            for name, change in timed.items():
                times[name].append(microseconds(change, pictures))
        for name, each in times.items():
            print(f"{name},{height}x{width}x{channels},{sorted(each[1:])[rounds // 2]:.3f}", flush=True)


if __name__ == "__main__":
    main()
