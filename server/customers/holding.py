"""What phones hold besides what is their person's: files opened lately, and those that are kept."""

from server.core.entity import Entity, Holds, Record, field
from server.core.i18n import _l
from server.core.registry import registry

OPENED = 30  # files opened last that stay on the phone


class Holding(Record):
    """One person's wish to have one customer file on the phone."""

    __tablename__ = "holding"
    spec = Entity(
        "holding", path="holdings", label=_l("On the device"), plural=_l("On the device"),
        new=_l("Kept on this device"), icon="smartphone", title="file", system=True, personal=True,
        holds=Holds("file", ("kept", "opened"), "opened", OPENED),
    )  # fmt: skip
    file = field("ref", _l("Customer file"), target="account", required=True)
    kept = field("bool", _l("Kept by you"), default=False)
    opened = field("instant", _l("Opened"))

    @classmethod
    def indexed(cls) -> tuple[str, ...]:
        return ("file", "owner")


registry.register(Holding)
