"""The same files in an S3-compatible store, named by a setting."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import boto3
import pytest
from moto.server import ThreadedMotoServer

from server.app import create_app
from server.core.config import load
from server.core.db import db
from tests.files.sending import Sender, noise, photo
from tests.people import Cast, Stage
from tests.support.servers import free_port


@pytest.fixture(scope="module")
def bucket() -> Iterator[dict[str, str]]:
    """An empty bucket, and the environment by which it is reached."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=free_port(), verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    reached = {"AWS_ENDPOINT_URL": f"http://{host}:{port}", "AWS_ACCESS_KEY_ID": "key",
               "AWS_SECRET_ACCESS_KEY": "secret", "AWS_REGION": "us-east-1",
               "AWS_ALLOW_HTTP": "true"}  # fmt: skip
    client = boto3.client("s3", endpoint_url=reached["AWS_ENDPOINT_URL"], region_name="us-east-1",
                          aws_access_key_id="key", aws_secret_access_key="secret")  # fmt: skip
    client.create_bucket(Bucket="kesher-files")
    yield reached
    server.stop()


@pytest.fixture
def remote(
    staffed: tuple[str, Cast], tmp_path: Path, bucket: dict[str, str],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Stage]:
    for name, value in bucket.items():
        monkeypatch.setenv(name, value)
    given = {"DATABASE_URL": staffed[0], "KESHER_DATA": str(tmp_path / "data"),
             "KESHER_FILES": "s3://kesher-files/crm"}  # fmt: skip
    app = create_app(load(given))
    app.testing = True
    with app.app_context():
        yield Stage(app, staffed[1])
        db.session.remove()
        db.engine.dispose()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_files_in_a_bucket(remote: Stage, tmp_path: Path) -> None:
    olive, account = Sender(remote, "olive"), remote.file("olive")["account"]
    content = noise(12 * 1024 * 1024, 31)  # more than one part of a multipart upload
    id_ = olive.send(content, "account", account, piece=5 * 1024 * 1024)
    assert olive.get(id_).data == content
    assert olive.get(id_, Range="bytes=5-99").data == content[5:100]
    shot = olive.send(photo(), "account", account)
    assert olive.get(shot, "thumb").mimetype == "image/webp"
    assert not (tmp_path / "data" / "files").exists()
    assert list((tmp_path / "data" / "incoming").iterdir()) == []
