"""What a browser says it is, as a name that its person recognises: "Chrome · Android"."""

from __future__ import annotations

from typing import Any

# The first that occurs in User-Agent; those that pretend to be another come before it.
BROWSERS = (
    ("Edg", "Edge"), ("OPR/", "Opera"), ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"), ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)  # fmt: skip
SYSTEMS = (
    ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("Windows", "Windows"),
    ("CrOS", "ChromeOS"), ("Macintosh", "Mac"), ("Linux", "Linux"),
)  # fmt: skip
MOBILE = ("iPhone", "iPad", "Android")


def name_of(headers: Any) -> str:
    """From User-Agent, and Sec-CH-UA-Platform where a browser tells its system there."""
    agent = headers.get("User-Agent", "")
    browser = next((name for part, name in BROWSERS if part in agent), "")
    told = headers.get("Sec-CH-UA-Platform", "").strip('" ')
    known = {name: name for _, name in SYSTEMS} | {"macOS": "Mac", "Chrome OS": "ChromeOS"}
    system = known.get(told) or next((name for part, name in SYSTEMS if part in agent), "")
    program = agent.partition("/")[0].strip()[:40] if not browser else ""
    return " · ".join(part for part in (browser or program, system) if part)


def is_mobile(name: str) -> bool:
    """Of a name made here: is it a phone or a tablet?"""
    return name.endswith(MOBILE)
