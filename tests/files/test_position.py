"""Where a photo was taken is taken out of every kind that phones make, and nothing else is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PIL.PngImagePlugin import PngInfo

from server.files import position
from server.files.sniffing import sniff

from .sending import place_of

XMP = b"""<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf#">
<rdf:Description exif:GPSLatitude="32,49.117N" exif:GPSLongitude="34,59.05E" xmp:Rating="5">
<exif:GPSAltitude>35/1</exif:GPSAltitude></rdf:Description></rdf:RDF></x:xmpmeta>"""


def taken(kind: str, place: bool = True) -> bytes:
    exif = Image.Exif()
    exif[0x010F] = "Kesher Camera"
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 49.0, 7.0), 3: "E", 4: (34.0, 59.0, 3.0)})
    more: dict[str, object] = {"xmp": XMP} if place and kind != "PNG" else {}
    if place and kind == "PNG":
        more["pnginfo"] = PngInfo()
        more["pnginfo"].add_itxt("XML:com.adobe.xmp", XMP.decode())  # type: ignore[attr-defined]
    made = io.BytesIO()
    Image.new("RGB", (64, 48), "navy").save(made, kind, exif=exif, **more)
    return made.getvalue()


KINDS = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp", "AVIF": "image/avif"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_place_alone_is_taken_out(tmp_path: Path, kind: str) -> None:
    content, path = taken(kind), tmp_path / "photo"
    path.write_bytes(content)
    assert sniff(path) == KINDS[kind]
    assert place_of(content)[2] == (32.0, 49.0, 7.0) and b"32,49.117N" in content
    assert position.is_placed(path) and position.blank(path)
    kept = path.read_bytes()
    assert (len(kept), place_of(kept), position.is_placed(path)) == (len(content), {}, False)
    assert not [word for word in (b"49.117", b"59.05", b"35/1") if word in kept]
    assert b'xmp:Rating="5"' in kept
    with Image.open(path) as picture, Image.open(io.BytesIO(content)) as before:
        assert picture.getexif()[0x010F] == "Kesher Camera"
        drawn, same = picture.convert("RGB"), before.convert("RGB")
    assert ImageChops.difference(drawn, same).getbbox() is None
    assert not position.blank(path)


def test_in_what_an_iphone_makes(tmp_path: Path) -> None:
    """HEIC is the same box of boxes as AVIF, under another brand; nothing here draws it."""
    path = tmp_path / "photo"
    path.write_bytes(taken("AVIF").replace(b"ftypavif", b"ftypheic"))
    assert sniff(path) == "image/heic"
    assert position.blank(path)
    assert b"49.117" not in path.read_bytes()
    path.write_bytes(path.read_bytes().replace(b"ftypheic", b"ftypavif"))
    assert place_of(path.read_bytes()) == {}


@pytest.mark.parametrize("kind", KINDS)
def test_what_has_none_stays_as_it_is(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "photo"
    for content in (taken(kind, place=False), b"", b"II*\0", b"MM\0*" + b"\xff" * 40):
        path.write_bytes(content)
        assert not position.is_placed(path) and not position.blank(path)
        assert path.read_bytes() == content
