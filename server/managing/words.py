"""Rights in words."""

from __future__ import annotations

from server.core.i18n import _l

REACH = {
    "none": _l("None"), "own": _l("Own"), "team": _l("Team"), "branch": _l("Branch"),
    "all": _l("All"),
}  # fmt: skip
DEEDS = {
    "see": _l("See"), "create": _l("Add"), "change": _l("Change"), "delete": _l("Delete"),
    "export": _l("Export"),
}  # fmt: skip
USUALLY = _l("Usually")
YES_NO = {True: _l("Yes"), False: _l("No")}
STATES = {
    "": _l("As the record"), "readonly": _l("Read only"), "hidden": _l("Hidden"),
    "masked": _l("Never shown"), "tapped": _l("Shown on tap"),
    "held": _l("Shown on tap, also offline"), "open": _l("Shown plainly"),
}  # fmt: skip
