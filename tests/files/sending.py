"""Files for tests, and programs that send them in pieces as tus has it."""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterator
from typing import Any

from PIL import Image
from uuid_utils.compat import uuid7
from werkzeug.test import TestResponse

from tests.people import Program, Stage

STREAM = "application/offset+octet-stream"


def noise(size: int, seed: int = 1) -> bytes:
    """Bytes that are like no other's."""
    found = b"".join(hashlib.sha256(f"{seed}-{n}".encode()).digest() for n in range(size // 32 + 1))
    return found[:size]


def photo(width: int = 640, height: int = 480, turned: int = 1, place: bool = True) -> bytes:
    """A JPEG that says which way up it is, and where it was taken."""
    picture = Image.new("RGB", (width, height), "navy")
    picture.paste("gold", (0, 0, width // 2, height // 2))
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = turned, "Kesher Camera"
    if place:
        exif.get_ifd(0x8825).update({1: "N", 2: (32.0, 49.0, 7.0), 3: "E", 4: (34.0, 59.0, 3.0)})
    made = io.BytesIO()
    picture.save(made, "JPEG", exif=exif, quality=90)
    return made.getvalue()


def place_of(content: bytes) -> dict[int, Any]:
    with Image.open(io.BytesIO(content)) as picture:
        return dict(picture.getexif().get_ifd(0x8825))


class Sender:
    """Somebody's program with files to send."""

    def __init__(self, stage: Stage, name: str) -> None:
        self.stage, self.name = stage, name
        self.program: Program = stage.program(name)
        self.token = stage.cast.tokens[name]

    def record(self, content: bytes, of: str, rec: str, **values: Any) -> str:
        """The record that has to be there before the bytes."""
        said = {"name": "Boiler.jpg", "of": of, "rec": rec, "size": len(content),
                "sha256": hashlib.sha256(content).hexdigest()} | values  # fmt: skip
        id_ = str(uuid7())
        assert self.program.do("new", "file", id_, v=said) == ["ok"]
        return id_

    def ask(self, method: str, path: str, data: bytes = b"", **headers: Any) -> TestResponse:
        given = {"Authorization": f"Bearer {self.token}", "Tus-Resumable": "1.0.0"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        with self.stage.app.app_context():
            return self.stage.app.test_client().open(
                path, method=method, data=data, headers={k: v for k, v in given.items() if v}
            )

    def begin(self, id_: str, size: int) -> TestResponse:
        said = f"file {base64.b64encode(id_.encode()).decode()}"
        return self.ask("POST", "/files/uploads/", Upload_Length=str(size), Upload_Metadata=said)

    def add(self, id_: str, content: bytes, at: int, **headers: Any) -> TestResponse:
        more: dict[str, Any] = {"Upload_Offset": str(at), "Content_Type": STREAM, **headers}
        return self.ask("PATCH", f"/files/uploads/{id_}", content, **more)

    def came(self, id_: str) -> int | None:
        answer = self.ask("HEAD", f"/files/uploads/{id_}")
        return int(answer.headers["Upload-Offset"]) if answer.status_code == 200 else None

    def send(self, content: bytes, of: str, rec: str, piece: int = 10**9, **values: Any) -> str:
        """All of it; the id of the file."""
        id_ = self.record(content, of, rec, **values)
        begun = self.begin(id_, len(content))
        assert begun.status_code == 201
        for start, some in pieces(content, piece) if begun.headers["Upload-Offset"] == "0" else ():
            assert self.add(id_, some, start).status_code == 204
        return id_

    def get(self, id_: str, look: str = "original", **headers: Any) -> TestResponse:
        return self.ask("GET", f"/files/{id_}/{look}", **headers)


def pieces(content: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    for start in range(0, len(content), size):
        yield start, content[start : start + size]
