"""Files that people upload as pictures: good ones, odd ones, and some that are none."""

import io
import struct
import zipfile
import zlib

from PIL import Image, ImageCms

GPS = b"GPSLatitude-marker"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><title>Kein Bild</title><script>alert(1)</script>"
HEIC = struct.pack(">I", 24) + b"ftypheic" + b"\0\0\0\0" + b"mif1heic" + b"\0" * 200


def picture(kind="JPEG", size=(40, 30), mode="RGB", **options):
    """Return a file with something in it."""
    out = io.BytesIO()
    Image.radial_gradient("L").resize(size).convert(mode).save(out, kind, **options)
    return out.getvalue()


def profile():
    """Return an ICC profile."""
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def with_place(kind="JPEG", orientation=6, **options):
    """Return a picture that lies on its side and says where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010E] = GPS.decode()
    exif.get_ifd(0x8825)[2] = (48.0, 8.0, 15.0)
    return picture(kind, exif=exif.tobytes(), **options)


def moving(kind="WEBP"):
    """Return a picture with two frames."""
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 30), color) for color in ("red", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def large_png(side=20_000):
    """Return a whole PNG of one colour: few bytes, very many pixels."""
    out = bytearray(b"\x89PNG\r\n\x1a\n")
    squeezed = zlib.compressobj(9)
    row = b"\0" * (1 + side // 8)  # one bit a pixel
    pixels = b"".join(squeezed.compress(row) for _row in range(side)) + squeezed.flush()
    header = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    for name, data in ((b"IHDR", header), (b"IDAT", pixels), (b"IEND", b"")):
        out += struct.pack(">I", len(data)) + name + data
        out += struct.pack(">I", zlib.crc32(name + data))
    return bytes(out)


def claiming(side):
    """Return a PNG whose header claims a size that its pixels do not have."""
    header = b"IHDR" + struct.pack(">II", side, side) + bytes([8, 2, 0, 0, 0])
    chunk = struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header))
    whole = picture("PNG")
    return whole[:8] + chunk + whole[8 + len(chunk) :]


def _zip():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.html", "x")
    return out.getvalue()


#: Behind a picture, these are what somebody hides there.
SECOND_FILES = [HTML, SVG, b"<?php echo 1; ?>", b"%PDF-1.7 ...", _zip()]
#: These a camera writes: padding, a preview with its description, the beginning of a film.
HARMLESS = [
    b"\0" * 64,
    picture(size=(8, 8), xmp=b"<?xpacket begin=''?><x:xmpmeta/>"),
    struct.pack(">I", 24) + b"ftypmp42" + b"\0" * 12 + b"PK\x03\x04 by chance",
]
