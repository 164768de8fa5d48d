"""Writes the pictures beside this script, and for each what Pillow reads from it as NAME.ppm.

Usage: python3 make.py   (with Pillow and numpy; files are written into the script's folder)

The expected pixels are red, green, blue as stored: embedded colour profiles are not applied, the
EXIF orientation is, the first frame counts, and what is transparent is laid on white.
"""

import io
import os
import struct
import zlib

import numpy as np
from PIL import Image, ImageCms, ImageOps

HERE = os.path.dirname(os.path.abspath(__file__))
HEIGHT, WIDTH = 18, 23


def scene(height=HEIGHT, width=WIDTH):
    """A slope in each channel with a coloured square: enough to tell every side and channel apart."""
    y, x = np.mgrid[0:height, 0:width]
    image = np.stack([40 + 8 * x, 30 + 10 * y, 220 - 5 * x - 4 * y], axis=-1)
    image[3:9, 4:11] = (200, 40, 90)
    return np.clip(image, 0, 255).astype(np.uint8)


COLOUR = Image.fromarray(scene())
GREY = COLOUR.convert("L")
ALPHA = Image.fromarray((np.mgrid[0:HEIGHT, 0:WIDTH][1] * 11).astype(np.uint8))
WHITE_AND_CLEAR = Image.fromarray(np.where(scene()[:, :, 0] > 120, 255, 0).astype(np.uint8))


def expected(data, turned=True):
    """What Pillow reads."""
    image = Image.open(io.BytesIO(data))
    image.load()
    if turned:
        image = ImageOps.exif_transpose(image)
    if image.mode in ("I;16", "I;16B", "I"):
        return Image.fromarray((np.asarray(image) >> 8).astype(np.uint8)).convert("RGB")
    if image.mode in ("LA", "PA", "RGBA") or "transparency" in image.info:
        image = image.convert("RGBA")
        white = Image.new("RGBA", image.size, (255, 255, 255, 255))
        return Image.alpha_composite(white, image).convert("RGB")
    return image.convert("RGB")


def write(name, data, pixels=None):
    with open(os.path.join(HERE, name), "wb") as file:
        file.write(data)
    pixels = pixels or expected(data)
    pixels.save(os.path.join(HERE, name + ".ppm"))


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(kind, depth, rows, *chunks, width=WIDTH, height=HEIGHT):
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + b"".join(chunks)
            + chunk(b"IDAT", body) + chunk(b"IEND", b""))


def packed(values, depth):
    """Rows of a PNG with less than 8 bits a pixel."""
    rows = []
    for row in values:
        bits = "".join(format(int(v), "0%db" % depth) for v in row)
        bits += "0" * (-len(bits) % 8)
        rows.append(int(bits, 2).to_bytes(len(bits) // 8, "big"))
    return rows


def adam7(values):
    """An interlaced colour PNG."""
    body = b""
    for top, left, down, right in ((0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4),
                                   (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)):
        for row in values[top::down, left::right]:
            body += b"\0" + row.tobytes()
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 1)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(body, 9))
            + chunk(b"IEND", b""))


def wide_gamut():
    """A profile whose primaries are far from sRGB's: exchanged red and green."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    tags = {}
    for i in range(struct.unpack(">I", profile[128:132])[0]):
        at = 132 + 12 * i
        tags[bytes(profile[at:at + 4])] = at
    red, green = tags[b"rXYZ"], tags[b"gXYZ"]
    profile[red + 4:red + 12], profile[green + 4:green + 12] = (
        profile[green + 4:green + 12], profile[red + 4:red + 12])
    return bytes(profile)


def exif(orientation, order=">"):
    mark = b"MM\0*" if order == ">" else b"II*\0"
    return (mark + struct.pack(order + "IH", 8, 1)
            + struct.pack(order + "HHIHHI", 0x0112, 3, 1, orientation, 0, 0))


def segments(jpeg):
    """The marker segments before the scan, and the rest."""
    found, at = [], 2
    while jpeg[at + 1] != 0xDA:
        length = struct.unpack(">H", jpeg[at + 2:at + 4])[0] + 2
        found.append(jpeg[at:at + length])
        at += length
    return found, jpeg[at:]


def without(jpeg, marker):
    found, rest = segments(jpeg)
    return b"\xff\xd8" + b"".join(s for s in found if s[1] != marker) + rest


def ycck(image):
    """A JPEG of four components whose first three are YCbCr of the inverted ink."""
    c, m, y, k = image.convert("CMYK").split()
    as_rgb = Image.merge("RGB", [ImageOps.invert(p) for p in (c, m, y)]).convert("YCbCr")
    planes = [ImageOps.invert(p) for p in as_rgb.split()] + [k]
    jpeg = bytearray(saved(Image.merge("CMYK", planes), "JPEG", quality=95))
    at = jpeg.index(b"Adobe") + 11
    assert jpeg[at] == 0
    jpeg[at] = 2
    return bytes(jpeg)


def pngs():
    values = scene()
    grey = np.asarray(GREY)
    write("grey.png", saved(GREY, "PNG"))
    write("grey1.png", png(0, 1, packed(grey >> 7, 1)))
    write("grey2.png", png(0, 2, packed(grey >> 6, 2)))
    write("grey4.png", png(0, 4, packed(grey >> 4, 4)))
    wide = (grey.astype(">u2") * 257 ^ 0x5A)
    write("grey16.png", png(0, 16, [row.tobytes() for row in wide.astype(">u2")]))
    write("grey-alpha.png", saved(Image.merge("LA", [GREY, ALPHA]), "PNG"))
    both = np.stack([wide, np.asarray(ALPHA).astype(">u2") * 257], -1).astype(">u2")
    high = Image.merge("LA", [Image.fromarray((both[:, :, i] >> 8).astype(np.uint8)) for i in (0, 1)])
    write("grey-alpha16.png", png(4, 16, [row.tobytes() for row in both]),
          expected(saved(high, "PNG")))
    write("grey-clear.png",
          png(0, 8, [r.tobytes() for r in grey], chunk(b"tRNS", struct.pack(">H", int(grey[5, 6])))))
    write("colour.png", saved(COLOUR, "PNG"))
    write("colour-interlaced.png", adam7(values))
    write("colour-alpha.png", saved(Image.merge("RGBA", [*COLOUR.split(), ALPHA]), "PNG"))
    write("colour-clear.png",
          png(2, 8, [r.tobytes() for r in values],
              chunk(b"tRNS", struct.pack(">HHH", 200, 40, 90))))
    wide = (values.astype(">u2") * 257 ^ 0x5A).astype(">u2")
    write("colour16.png", png(2, 16, [row.tobytes() for row in wide]))
    write("colour-gamma.png",
          png(2, 8, [r.tobytes() for r in values], chunk(b"gAMA", struct.pack(">I", 100000))))
    write("grey-gamma.png",
          png(0, 8, [r.tobytes() for r in grey], chunk(b"gAMA", struct.pack(">I", 100000))))
    write("colour-profile.png", saved(COLOUR, "PNG", icc_profile=wide_gamut()))
    write("palette.png", saved(COLOUR.quantize(16), "PNG"))
    few = COLOUR.quantize(16)
    write("palette-clear.png", saved(few, "PNG", transparency=bytes([0, 128, 255, 30])))
    write("turned.png", saved(COLOUR, "PNG", exif=exif(6)))


def jpegs():
    for name, sampling in (("444", 0), ("422", 1), ("420", 2)):
        write("colour-%s.jpg" % name, saved(COLOUR, "JPEG", quality=90, subsampling=sampling))
    colour = saved(COLOUR, "JPEG", quality=90, subsampling=0)
    write("grey.jpg", saved(GREY, "JPEG", quality=90))
    write("progressive.jpg", saved(COLOUR, "JPEG", quality=90, progressive=True))
    write("restarts.jpg", saved(COLOUR, "JPEG", quality=90, restart_marker_rows=1))
    write("stored-as-rgb.jpg", saved(COLOUR, "JPEG", quality=90, keep_rgb=True))
    write("no-jfif.jpg", without(colour, 0xE0))
    write("exif-alone.jpg", without(saved(COLOUR, "JPEG", quality=90, exif=b"Exif\0\0" + exif(1)), 0xE0))
    write("profile.jpg", saved(COLOUR, "JPEG", quality=90, icc_profile=wide_gamut()))
    write("broken-profile.jpg", saved(COLOUR, "JPEG", quality=90, icc_profile=b"\0" * 200))
    write("grey-profile.jpg", saved(GREY, "JPEG", quality=90, icc_profile=wide_gamut()))
    cmyk = saved(COLOUR.convert("CMYK"), "JPEG", quality=95)
    write("cmyk.jpg", cmyk)
    write("cmyk-profile.jpg", saved(COLOUR.convert("CMYK"), "JPEG", quality=95, icc_profile=b"\0" * 200))
    write("cmyk-without-adobe.jpg", without(cmyk, 0xEE))
    write("ycck.jpg", ycck(COLOUR))
    write("padded.jpg", colour[:-2] + b"\0" * 240 + colour[-2:])
    write("filled.jpg", colour[:-2] + b"\xff" * 5 + colour[-2:])
    write("trailing.jpg", colour + b"more that is no picture" * 3)
    for orientation in range(1, 9):
        write("turned%d.jpg" % orientation,
              saved(COLOUR, "JPEG", quality=90, exif=b"Exif\0\0" + exif(orientation, "><"[orientation % 2])))
    write("broken-exif.jpg",
          saved(COLOUR, "JPEG", quality=90, exif=b"Exif\0\0MM\0*\0\0\xff\xff"),
          expected(saved(COLOUR, "JPEG", quality=90)))


def webps():
    write("lossless.webp", saved(COLOUR, "WEBP", lossless=True))
    write("lossless-alpha.webp",
          saved(Image.merge("RGBA", [*COLOUR.split(), ALPHA]), "WEBP", lossless=True, exact=True))
    write("lossy.webp", saved(COLOUR, "WEBP", quality=90))
    write("lossy-alpha.webp", saved(Image.merge("RGBA", [*COLOUR.split(), ALPHA]), "WEBP", quality=90))
    write("moving.webp", saved(COLOUR, "WEBP", lossless=True, save_all=True, append_images=[GREY.convert("RGB")]))
    part = Image.new("RGBA", (WIDTH, HEIGHT))
    part.paste(COLOUR.crop((0, 0, 13, 11)), (6, 4))
    write("moving-part.webp", saved(part, "WEBP", lossless=True, save_all=True,
                                    append_images=[COLOUR.convert("RGBA")]))
    write("profile.webp", saved(COLOUR, "WEBP", lossless=True, icc_profile=wide_gamut()))
    write("turned.webp", saved(COLOUR, "WEBP", lossless=True, exif=exif(8)))


def gifs():
    few = COLOUR.quantize(32)
    write("palette.gif", saved(few, "GIF", interlace=0))
    write("interlaced.gif", saved(few, "GIF", interlace=1))
    write("clear.gif", saved(few, "GIF", transparency=3))
    write("moving.gif", saved(few, "GIF", save_all=True, append_images=[GREY.quantize(8)]))
    data = bytearray(saved(few, "GIF", interlace=0, transparency=3))
    data[6:10] = struct.pack("<HH", WIDTH + 5, HEIGHT + 4)
    at = data.index(b"," + struct.pack("<HHHH", 0, 0, WIDTH, HEIGHT))
    data[at + 1:at + 5] = struct.pack("<HH", 3, 2)
    write("smaller-frame.gif", bytes(data))


def tiffs():
    for name in ("raw", "tiff_lzw", "tiff_deflate", "packbits"):
        write("%s.tif" % name.replace("tiff_", ""), saved(COLOUR, "TIFF", compression=name))
    write("grey.tif", saved(GREY, "TIFF"))
    write("jpeg.tif", saved(COLOUR, "TIFF", compression="jpeg", quality=90))
    write("alpha.tif", saved(Image.merge("RGBA", [*COLOUR.split(), ALPHA]), "TIFF"))
    write("palette.tif", saved(COLOUR.quantize(16), "TIFF"))
    write("black-and-white.tif", saved(GREY.convert("1"), "TIFF"))
    write("fax.tif", saved(GREY.convert("1"), "TIFF", compression="group4"))
    write("cmyk.tif", saved(COLOUR.convert("CMYK"), "TIFF"))
    wide = Image.fromarray((np.asarray(GREY).astype(np.uint16) * 257 ^ 0x5A).astype(np.uint16))
    write("grey16.tif", saved(wide, "TIFF"))
    write("big-endian.tif", big_endian())
    write("pages.tif", saved(COLOUR, "TIFF", save_all=True, append_images=[GREY]))
    write("turned.tif", saved(COLOUR, "TIFF", tiffinfo={274: 6}))
    inverted = bytearray(saved(GREY, "TIFF"))
    at = inverted.index(struct.pack("<HHIH", 262, 3, 1, 1))
    inverted[at + 8] = 0
    write("white-is-zero.tif", bytes(inverted))
    write("profile.tif", saved(COLOUR, "TIFF", icc_profile=wide_gamut()))


def big_endian():
    """A colour TIFF by hand: one strip, most significant byte first."""
    pixels = scene().tobytes()
    entries = [(256, 3, 1, WIDTH << 16), (257, 3, 1, HEIGHT << 16), (258, 3, 3, 8 + len(pixels)),
               (259, 3, 1, 1 << 16), (262, 3, 1, 2 << 16), (273, 4, 1, 8), (277, 3, 1, 3 << 16),
               (278, 3, 1, HEIGHT << 16), (279, 4, 1, len(pixels))]
    bits = struct.pack(">HHH", 8, 8, 8)
    pad = b"\0" * ((len(pixels) + 6) % 2)
    directory = 8 + len(pixels) + 6 + len(pad)
    return (b"MM\0*" + struct.pack(">I", directory) + pixels + bits + pad
            + struct.pack(">H", len(entries))
            + b"".join(struct.pack(">HHII", *entry) for entry in entries) + b"\0\0\0\0")


def bmps():
    write("colour.bmp", saved(COLOUR, "BMP"))
    write("grey.bmp", saved(GREY, "BMP"))
    write("black-and-white.bmp", saved(GREY.convert("1"), "BMP"))
    write("alpha.bmp", saved(Image.merge("RGBA", [*COLOUR.split(), ALPHA]), "BMP"))


if __name__ == "__main__":
    pngs()
    jpegs()
    webps()
    gifs()
    tiffs()
    bmps()
