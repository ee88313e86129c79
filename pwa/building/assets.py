"""Styles, fonts, icons, images and htmx."""

from __future__ import annotations

import re

from pwa.building.dist import MODULES, ROOT, Dist, esbuild

STATIC = ROOT / "server" / "static"
# Family → the subsets that our languages need; each is its own file, loaded when a letter needs it.
FONTS = {"heebo": ("hebrew", "latin", "latin-ext"), "vazirmatn": ("arabic",)}
FACE = re.compile(r"/\* (?P<file>[\w-]+) \*/\s*(?P<face>@font-face \{.*?\})", re.DOTALL)


def build(dist: Dist) -> None:
    dist.add("htmx.js", (MODULES / "htmx.org" / "dist" / "htmx.min.js").read_bytes())
    _styles(dist, "".join(_faces(dist, family) for family in FONTS))
    dist.add("icons.svg", sprite((STATIC / "icons.txt").read_text().split()))
    for path in sorted((STATIC / "img").rglob("*")):
        if path.is_file():
            dist.add(path.relative_to(STATIC).as_posix(), path.read_bytes())


def _styles(dist: Dist, faces: str) -> None:
    """One style sheet: the numbered files in their order, after the fonts."""
    sheets = "\n".join(path.read_text() for path in sorted((STATIC / "css").glob("*.css")))
    dist.add("app.css", esbuild("--loader=css", source=f"{faces}\n{sheets}".encode()))


def _faces(dist: Dist, family: str) -> str:
    """The family's @font-face rules for the subsets we carry, pointing at our copies."""
    folder, rules = MODULES / "@fontsource-variable" / family, []
    wanted = {f"{family}-{subset}-wght-normal" for subset in FONTS[family]}
    for found in FACE.finditer((folder / "index.css").read_text()):
        if found["file"] in wanted:
            made = dist.add(
                f"fonts/{found['file']}.woff2",
                (folder / "files" / f"{found['file']}.woff2").read_bytes(),
            )
            rules.append(re.sub(r"url\([^)]*\)", f"url({made})", found["face"]))
    if len(rules) != len(wanted):
        raise RuntimeError(f"{family}: {len(rules)} of {len(wanted)} font files found")
    return "\n".join(rules)


def sprite(names: list[str]) -> str:
    """One SVG with a symbol for each icon name, for `<use href="…#name">`."""
    symbols = []
    for name in sorted(set(names)):
        icon = (MODULES / "lucide-static" / "icons" / f"{name}.svg").read_text()
        inside = icon.partition("<svg")[2].partition(">")[2].partition("</svg>")[0]
        drawing = " ".join(inside.split())
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{drawing}</symbol>')
    return f'<svg xmlns="http://www.w3.org/2000/svg">{"".join(symbols)}</svg>\n'
