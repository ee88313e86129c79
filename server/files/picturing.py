"""Previews of pictures: drawn anew, so that nothing but colours of the original is in them."""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageOps

MOST_PIXELS = 100_000_000  # what a picture unfolds to in memory is bounded; larger ones are refused
PREVIEW, THUMB, TINY = 1600, 320, 80  # longest side in pixels
TINIEST = 2_900  # bytes of what travels in the record
FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "AVIF", "TIFF", "BMP")


@dataclass(frozen=True)
class Pictures:
    """`width` and `height` are of the picture as it is looked at: upright."""

    width: int
    height: int
    preview: bytes
    thumb: bytes
    tiny: str | None


def draw(path: Path) -> Pictures | None:
    """Previews of a picture, or None: it is none, a damaged one, or too large to unfold."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            return _draw(path)
    except (OSError, ValueError, SyntaxError, ArithmeticError, MemoryError,
            Image.DecompressionBombError, Image.DecompressionBombWarning):  # fmt: skip
        return None


def _draw(path: Path) -> Pictures | None:
    with Image.open(path, formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            return None
        opened.draft("RGB", (PREVIEW, PREVIEW))  # a JPEG is decoded no larger than needed
        turned = ImageOps.exif_transpose(opened)
        swapped = opened.getexif().get(0x0112, 1) in (5, 6, 7, 8)
    with Image.open(path, formats=FORMATS) as opened:
        size = opened.size[::-1] if swapped else opened.size
    colours = turned.convert("RGBA" if "A" in turned.getbands() or "transparency" in turned.info
                             else "RGB")  # fmt: skip
    preview = _shrunk(colours, PREVIEW)
    thumb = _shrunk(preview, THUMB)
    return Pictures(*size, _webp(preview, 80), _webp(thumb, 75), _tiny(thumb))


def _shrunk(picture: Image.Image, longest: int) -> Image.Image:
    copy = picture.copy()
    copy.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    return copy


def _webp(picture: Image.Image, quality: int) -> bytes:
    made = io.BytesIO()
    picture.save(made, "WEBP", quality=quality)
    return made.getvalue()


def _tiny(thumb: Image.Image) -> str | None:
    small = _shrunk(thumb, TINY)
    for quality in (55, 35, 15):
        made = _webp(small, quality)
        if len(made) <= TINIEST:
            return f"data:image/webp;base64,{base64.b64encode(made).decode()}"
    return None
