"""Compiles the server's Jinja2 templates to JavaScript for `pwa/runtime`."""

from .entry import compile_templates
from .errors import OutsideDialect

__all__ = ["OutsideDialect", "compile_templates"]
