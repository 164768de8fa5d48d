#!/usr/bin/env python3
"""Image operations in Pillow: what ours must be equal to, and how fast they are there.

    python3 pillow_operations.py expected > pillow-operations.txt
    python3 pillow_operations.py speed [--rounds 7]

`expected` writes the table of expected pixels that the tests compare with, value by value: images of small sizes, odd and
even, grey and colour, and every operation at several values on them.  Lines of words between single spaces:

    image NAME HEIGHT WIDTH CHANNELS PIXELS
    OPERATION VALUE ROW COLUMN FILL NAME PIXELS

with pixels as hexadecimal digits, [height, width, channels].  ROW and COLUMN are the centre of a cutout.

`speed` times every operation, and whole policies, on images in memory, one thread, and prints CSV
`what,images,cpu_us` (microseconds of processor time an image, the median of the rounds).  `espalier bench augment` prints
the same columns.  Needs Pillow (tried with 13.0), nothing else.
"""
import argparse
import json
import pathlib
import random
import time

from PIL import Image, ImageDraw, ImageEnhance, ImageOps

POLICY = pathlib.Path(__file__).parent / "../dl4j-models/src/main/resources/org/espalier/augment/autoaugment-cifar10.json"
GEOMETRIC = {
    "shearX": lambda v, size: (1, v, 0, 0, 1, 0),
    "shearY": lambda v, size: (1, 0, 0, v, 1, 0),
    "translateX": lambda v, size: (1, 0, v, 0, 1, 0),
    "translateY": lambda v, size: (1, 0, 0, 0, 1, v),
}
OTHER = {
    "identity": lambda image, v: image,
    "autoContrast": lambda image, v: ImageOps.autocontrast(image),
    "invert": lambda image, v: ImageOps.invert(image),
    "equalize": lambda image, v: ImageOps.equalize(image),
    "solarize": lambda image, v: ImageOps.solarize(image, v),
    "posterize": lambda image, v: ImageOps.posterize(image, int(v)),
    "contrast": lambda image, v: ImageEnhance.Contrast(image).enhance(v),
    "color": lambda image, v: ImageEnhance.Color(image).enhance(v),
    "brightness": lambda image, v: ImageEnhance.Brightness(image).enhance(v),
    "sharpness": lambda image, v: ImageEnhance.Sharpness(image).enhance(v),
    "horizontalFlip": lambda image, v: image.transpose(Image.Transpose.FLIP_LEFT_RIGHT),
}


def apply(image, operation, value, row=0, column=0, fill=0):
    colour = fill if image.mode == "L" else (fill, fill, fill)
    if operation in GEOMETRIC:
        matrix = GEOMETRIC[operation](value, image.size)
        return image.transform(image.size, Image.Transform.AFFINE, matrix, Image.Resampling.NEAREST, fillcolor=colour)
    if operation == "rotate":
        return image.rotate(value, Image.Resampling.NEAREST, fillcolor=colour)
    if operation == "cutout":
        side = int(value)
        if side == 0:
            return image
        top, left = row - side // 2, column - side // 2
        image = image.copy()
        ImageDraw.Draw(image).rectangle((left, top, left + side - 1, top + side - 1), fill=colour)
        return image
    return OTHER[operation](image, value)


def images():
    draw = random.Random(1)

    def make(name, height, width, channels, value):
        pixels = bytes(value() for _ in range(height * width * channels))
        return name, Image.frombytes("L" if channels == 1 else "RGB", (width, height), pixels)

    small = [
        make("grey7x5", 7, 5, 1, lambda: draw.randrange(256)),
        make("grey6x8", 6, 8, 1, lambda: draw.randrange(90, 140)),
        make("grey1x3", 1, 3, 1, lambda: draw.randrange(256)),
        make("flat4x4", 4, 4, 1, lambda: 77),
        make("colour5x6", 5, 6, 3, lambda: draw.randrange(256)),
        make("colour6x6", 6, 6, 3, lambda: min(255, int(draw.expovariate(0.02)))),
        make("colour2x2", 2, 2, 3, lambda: draw.randrange(256)),
        make("colour9x4", 9, 4, 3, lambda: draw.choice([0, 3, 128, 254, 255])),
    ]
    large = [
        make("grey19x17", 19, 17, 1, lambda: min(255, int(draw.expovariate(0.03)))),
        make("grey28x28", 28, 28, 1, lambda: draw.randrange(20, 200)),
        make("colour20x17", 20, 17, 3, lambda: min(255, int(abs(draw.gauss(60, 50))))),
    ]
    return small, large


VALUES = {
    "identity": [0],
    "shearX": [0, 0.3, -0.3, 0.07, 0.99, -0.99],
    "shearY": [0, 0.3, -0.3, 0.07, 0.99, -0.99],
    "translateX": [0, 1, -1, 0.4, 0.5, -0.5, 1.7, -1.7],
    "translateY": [0, 1, -1, 0.4, 0.5, -0.5, 0.9, -0.9],
    "rotate": [0, 30, -30, 7.3, -11, 45, 90, -90, 135, 180, 359],
    "autoContrast": [0],
    "invert": [0],
    "equalize": [0],
    "solarize": [0, 1, 51.2, 128, 255, 256],
    "posterize": [1, 2, 4, 5, 7, 8],
    "contrast": [0, 0.1, 0.55, 1, 1.37, 1.9, 2],
    "color": [0, 0.1, 0.55, 1, 1.37, 1.9, 2],
    "brightness": [0, 0.1, 0.55, 1, 1.37, 1.9, 2],
    "sharpness": [0, 0.1, 0.55, 1, 1.37, 1.9, 2],
    "horizontalFlip": [0],
}
ON_LARGE = {"equalize": [0], "autoContrast": [0], "rotate": [-23.7], "shearX": [0.21], "shearY": [-0.21], "contrast": [1.3], "sharpness": [1.8]}


def expected():
    small, large = images()
    for name, image in small + large:
        print("image", name, image.height, image.width, len(image.getbands()), image.tobytes().hex())

    def case(operation, value, row, column, fill, name, image):
        changed = apply(image, operation, value, row, column, fill)
        assert changed.size == image.size and changed.mode == image.mode
        print(operation, value, row, column, fill, name, changed.tobytes().hex())

    for operation, values in VALUES.items():
        for name, image in small:
            for value in values:
                case(operation, value, 0, 0, 0, name, image)
            if operation in GEOMETRIC or operation == "rotate":
                case(operation, values[1], 0, 0, 128, name, image)
    for name, image in small:
        for row, column, side in ((0, 0, 3), (2, 1, 2), (image.height - 1, image.width - 1, 5), (1, 1, 0), (0, 0, 40)):
            case("cutout", side, row, column, 0, name, image)
            case("cutout", side, row, column, 128, name, image)
    for operation, values in ON_LARGE.items():
        for name, image in large:
            for value in values:
                case(operation, value, 0, 0, 0, name, image)


FACTORS = ("contrast", "color", "brightness", "sharpness")
SIGNED = ("shearX", "shearY", "translateX", "translateY", "rotate")


def values(size):
    """The wide ranges of TrivialAugment: the values at level 0 and 1."""
    width, height = size
    table = {"shearX": (0, 0.99), "shearY": (0, 0.99), "translateX": (0, min(32, width)), "translateY": (0, min(32, height)),
             "rotate": (0, 135), "solarize": (256, 0), "posterize": (8, 2), "cutout": (0, 0.6 * width)}
    return {**table, **{name: (0.01, 2) for name in FACTORS}}


def narrow(size):
    """The ranges of AutoAugment."""
    width, height = size
    table = {"shearX": (0, 0.3), "shearY": (0, 0.3), "translateX": (0, 0.45 * width), "translateY": (0, 0.45 * height),
             "rotate": (0, 30), "solarize": (256, 0), "posterize": (8, 4), "cutout": (0, 0.2 * width)}
    return {**table, **{name: (0.1, 1.9) for name in FACTORS}}


def value_at(table, operation, level, mirrored=False):
    first, last = table.get(operation, (0, 0))
    value = first + level * (last - first)
    if operation == "posterize":
        return round(value)
    if operation in SIGNED and random.random() < 0.5:
        return -value
    if mirrored and operation in FACTORS:
        return 1 + (0.9 * level if random.random() < 0.5 else -0.9 * level)
    return value


USUAL = ("identity", "autoContrast", "equalize", "rotate", "solarize", "color", "posterize", "contrast", "brightness", "sharpness",
         "shearX", "shearY", "translateX", "translateY")


def policies(policy_file):
    with open(policy_file) as file:
        learned = json.load(file)["subPolicies"]
    tables = {}

    def table(make, size):
        return tables.setdefault((make, size), make(size))

    def rand_augment(image):
        for _ in range(2):
            operation = random.choice(USUAL)
            image = apply(image, operation, value_at(table(narrow, image.size), operation, 0.3, True))
        return image

    def trivial_augment(image):
        operation = random.choice(USUAL)
        return apply(image, operation, value_at(table(values, image.size), operation, random.randrange(31) / 30))

    def auto_augment(image):
        for step in random.choice(learned):
            if random.random() < step["probability"]:
                operation = step["operation"]
                image = apply(image, operation, value_at(table(narrow, image.size), operation, step["level"]))
        return image

    return {"policy randAugment": rand_augment, "policy trivialAugment": trivial_augment, "policy autoAugment": auto_augment}


def microseconds(change, pictures, passes):
    start = time.process_time()
    for _ in range(passes):
        for i, image in enumerate(pictures):
            change(i, image)
    return (time.process_time() - start) * 1e6 / (passes * len(pictures))


def things(size, colour, policy_file):
    table = values(size)
    timed = {}
    for operation in [*GEOMETRIC, "rotate", *OTHER, "cutout"]:
        if operation != "identity" and (colour or operation != "color"):
            steps = [value_at(table, operation, level / 30) for level in range(31)]
            timed[operation] = lambda i, image, o=operation, s=steps: apply(image, o, s[i % 31], 10, 12)
    for name, policy in policies(policy_file).items():
        timed[name] = lambda i, image, p=policy: p(image)
    return timed


def speed(rounds, policy_file):
    print("what,images,cpu_us")
    for height, width, channels in ((28, 28, 1), (32, 32, 3)):
        draw = random.Random(1)
        pictures = [Image.frombytes("L" if channels == 1 else "RGB", (width, height),
                                    bytes(draw.randrange(20, 200) for _ in range(height * width * channels))) for _ in range(1000)]
        timed = things((width, height), channels == 3, policy_file)
        times = {name: [] for name in timed}
        for _ in range(rounds + 1):
            for name, change in timed.items():
                times[name].append(microseconds(change, pictures, 1))
        for name, each in times.items():
            print(f"{name},{height}x{width}x{channels},{sorted(each[1:])[rounds // 2]:.3f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description="Image operations in Pillow.")
    parser.add_argument("what", choices=["expected", "speed"])
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--policy", default=POLICY, help="JSON of the policy to time")
    arguments = parser.parse_args()
    if arguments.what == "expected":
        expected()
    else:
        speed(arguments.rounds, arguments.policy)


if __name__ == "__main__":
    main()
