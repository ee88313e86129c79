"""Settings come from the environment, each declared and documented once."""

from __future__ import annotations

import pytest

from server.core.config import ROOT, BadSetting, declared, load
from server.core.secrets import push_keys, secret_key


def test_defaults_need_no_environment():
    settings = load({})
    assert settings.database_url == f"sqlite:///{ROOT / 'data' / 'kesher.db'}"
    assert (settings.port, settings.lease_days, settings.secure) == (8000, 14, False)


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_any_spelling_of_postgresql_names_our_driver(scheme):
    settings = load({"DATABASE_URL": f"{scheme}://crm@db/crm"})
    assert settings.database_url == "postgresql+psycopg://crm@db/crm"


@pytest.mark.parametrize(
    ("name", "value"),
    [("KESHER_PORT", "http"), ("KESHER_WORKERS", "0"), ("KESHER_DEBUG", "perhaps")],
)
def test_a_bad_setting_is_named(name, value):
    with pytest.raises(BadSetting, match=name):
        load({name: value})


@pytest.mark.parametrize("item", declared(), ids=lambda item: item.metadata["env"])
def test_every_setting_is_documented(item):
    page = (ROOT / "docs" / "admin" / "settings.md").read_text()
    env, default, help = (item.metadata[name] for name in ("env", "default", "help"))
    assert f"| `{env}` | {_code(default)} | {help} |" in page.splitlines()


def test_nothing_else_is_documented():
    page = (ROOT / "docs" / "admin" / "settings.md").read_text()
    names = [line.split("`")[1] for line in page.splitlines() if line.startswith("| `")]
    documented = [name for name in names if name.isupper()]
    assert documented == [item.metadata["env"] for item in declared()]


def test_keys_are_made_once_for_their_owner_alone(tmp_path):
    settings = load({"KESHER_DATA": str(tmp_path)})
    key, (private, public) = secret_key(settings), push_keys(settings)
    assert len(key) == 64
    assert public.read_text().startswith("-----BEGIN PUBLIC KEY-----")
    assert private.stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    pair = private.read_bytes(), public.read_bytes()
    assert secret_key(settings) == key
    assert tuple(path.read_bytes() for path in push_keys(settings)) == pair


def test_the_pair_of_push_keys_belongs_together(tmp_path):
    from webpush import WebPush

    private, public = push_keys(load({"KESHER_DATA": str(tmp_path)}))
    assert WebPush(private_key=private, public_key=public, subscriber="a@example.org")


def test_a_key_from_the_environment_leaves_no_file(tmp_path):
    settings = load({"KESHER_DATA": str(tmp_path), "KESHER_SECRET_KEY": "chosen"})
    assert secret_key(settings) == "chosen"
    assert list(tmp_path.iterdir()) == []


def _code(default: str) -> str:
    return f"`{default}`" if default else "—"
