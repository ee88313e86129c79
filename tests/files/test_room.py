"""The server has no room left: what was sent before is kept, and it goes on later."""

from __future__ import annotations

import resource
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from server.files import coming
from tests.files.sending import Sender, noise
from tests.people import Stage
from tests.walking import doc

MEGABYTE = 1024 * 1024


@contextmanager
def no_file_above(size: int) -> Iterator[None]:
    """The kernel refuses to write more into one file, as it does when a disk is full."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.fixture
def olive(stage: Stage) -> Sender:
    return Sender(stage, "olive")


def test_a_piece_that_finds_no_room_loses_nothing(stage: Stage, olive: Sender) -> None:
    content = noise(16 * MEGABYTE, 91)
    id_ = olive.record(content, "account", stage.file("olive")["account"])
    olive.begin(id_, len(content))
    assert olive.add(id_, content[:MEGABYTE], 0).status_code == 204
    with no_file_above(10 * MEGABYTE):
        answer = olive.add(id_, content[MEGABYTE:], MEGABYTE)
    assert (answer.status_code, answer.json["code"]) == (507, "no_room")  # type: ignore[index]
    assert int(answer.headers["Retry-After"]) > 0
    assert olive.came(id_) == MEGABYTE
    assert olive.add(id_, content[MEGABYTE:], MEGABYTE).status_code == 204
    assert olive.get(id_).data == content


def test_a_file_that_finds_no_room_at_the_end_need_not_be_sent_again(
    stage: Stage, olive: Sender
) -> None:
    """All pieces are here, and there is no room to put them together: a job does it later."""
    content = noise(16 * MEGABYTE, 92)
    id_ = olive.record(content, "account", stage.file("olive")["account"])
    olive.begin(id_, len(content))
    assert olive.add(id_, content[: 8 * MEGABYTE], 0).status_code == 204
    with no_file_above(10 * MEGABYTE):
        answer = olive.add(id_, content[8 * MEGABYTE :], 8 * MEGABYTE)
    assert answer.status_code == 507
    assert olive.came(id_) == len(content) and doc("file", id_)["arrived_at"] is None
    coming.take_in_later(id_)
    assert doc("file", id_)["arrived_at"]
    assert olive.get(id_).data == content
