"""A photograph or scan as a page of its own: a JPEG goes in as it is, a PNG as a JPEG of printable size."""

import warnings
from io import BytesIO

import pikepdf
from PIL import Image, ImageOps

A4 = (595.28, 841.89)  # points
MARGIN = 36
MOST_PIXELS = 80_000_000
PRINTED = 2480  # pixels of the longer side of a PNG: A4 at 300 dots would show no more on a copy
QUALITY = 85
COLOURS = {"RGB": "/DeviceRGB", "L": "/DeviceGray"}


class Unreadable(Exception):
    """A picture that cannot be opened, or is too large to be."""


def as_pdf(plain: bytes, ending: str) -> bytes | None:
    """Return a piece as PDF; None for what has no pages, such as a sheet. Raises Unreadable."""
    if ending == "pdf":
        return plain
    return _page(*_jpeg(plain)) if ending in ("jpg", "png") else None


def _jpeg(plain: bytes) -> tuple[bytes, int, int, str]:
    """Return a picture as JPEG with its width, height in pixels and colours; turned the way it was taken."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(BytesIO(plain)) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    raise Unreadable
                is_upright = picture.getexif().get(0x0112, 1) == 1
                if picture.format == "JPEG" and picture.mode in COLOURS and is_upright:
                    return plain, picture.width, picture.height, COLOURS[picture.mode]
                turned = _on_white(ImageOps.exif_transpose(picture))
        turned.thumbnail((PRINTED, PRINTED))
        out = BytesIO()
        turned.save(out, "JPEG", quality=QUALITY)
        return out.getvalue(), turned.width, turned.height, COLOURS["RGB"]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError, Image.DecompressionBombWarning) as fault:
        raise Unreadable from fault


def _on_white(picture):
    if "A" not in picture.getbands() and "transparency" not in picture.info:
        return picture.convert("RGB")
    clear = picture.convert("RGBA")
    white = Image.new("RGB", clear.size, "white")
    white.paste(clear, mask=clear.getchannel("A"))
    return white


def _page(jpeg: bytes, width: int, height: int, colours: str) -> bytes:
    """Return one page of A4, upright or across as the picture is, with the picture as large as it fits."""
    room = A4 if height >= width else A4[::-1]
    scale = min((room[0] - 2 * MARGIN) / width, (room[1] - 2 * MARGIN) / height)
    wide, high = width * scale, height * scale
    left, bottom = (room[0] - wide) / 2, (room[1] - high) / 2
    with pikepdf.new() as pdf:
        picture = pdf.make_stream(
            jpeg, Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=width, Height=height,
            ColorSpace=pikepdf.Name(colours), BitsPerComponent=8, Filter=pikepdf.Name.DCTDecode,
        )
        pdf.add_blank_page(page_size=room)
        sheet = pdf.pages[0]
        sheet.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(P=picture))
        drawn = f"q {wide:.2f} 0 0 {high:.2f} {left:.2f} {bottom:.2f} cm /P Do Q"
        sheet.Contents = pdf.make_stream(drawn.encode())
        out = BytesIO()
        pdf.save(out)
        return out.getvalue()
