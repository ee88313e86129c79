"""Customers: accounts, the people at them, and what happened with them."""



from server.core import countries
from server.core.entity import Entity, Record, Related, field
from server.core.i18n import _l
from server.core.people import LANGUAGE_CHOICES
from server.core.registry import registry

from . import choices

ADDRESS, INTERNAL = _l("Address"), _l("Internal")


class Account(Record):
    """One customer; with everything that hangs off it, the customer file."""

    __tablename__ = "account"
    spec = Entity(
        "account", path="accounts", label=_l("Account"), plural=_l("Accounts"),
        new=_l("New account"), icon="building-2", title="name", twins=True, subject=True,
        columns=("name", "number", "relation", "city", "phones", "owner"),
        filters=("relation", "stage", "kind", "industry", "owner", "team", "city", "tags",
                 "created_at"),
        sorts=("name", "number", "city", "created_at", "updated_at"), order=("name", "asc"),
        sub=("city", "relation"),
        related=(
            Related("contact", "account", _l("Contacts")),
            Related("task", "account", _l("Tasks")),
            Related("activity", "account", _l("Activities")),
            Related("consent", "account", _l("Consents")),
        ),
    )  # fmt: skip
    name = field("text", _l("Name"), required=True, search=True)
    kind = field("choice", _l("Kind"), choices=choices.KINDS, default="company", required=True)
    relation = field("choice", _l("Relation"), choices=choices.RELATIONS, default="prospect")
    number = field("autonumber", _l("Customer number"), readonly=True, search=True, in_form=False,
                   pattern="C-{00000}")
    stage = field("state", _l("Stage"), choices=choices.STAGES, states=choices.STAGE_MOVES,
                  default="first_contact")  # fmt: skip
    industry = field("choice", _l("Industry"), choices=choices.INDUSTRIES)
    tags = field("tags", _l("Tags"), search=True)
    phones = field("phones", _l("Phones"), search=True, group=_l("Reach"))
    email = field("email", _l("E-mail"), search=True, group=_l("Reach"))
    website = field("url", _l("Website"), group=_l("Reach"))
    street = field("text", _l("Street"), group=ADDRESS)
    city = field("text", _l("City"), max=100, search=True, group=ADDRESS)
    postcode = field("text", _l("Postcode"), max=20, group=ADDRESS)
    country = field("choice", _l("Country"), column="text", group=ADDRESS,
                    choices=countries.choices(), former=countries.codes())  # fmt: skip
    notes = field("longtext", _l("Notes"), group=INTERNAL)


class Contact(Record):
    """A person at an account."""

    __tablename__ = "contact"
    spec = Entity(
        "contact", path="contacts", label=_l("Contact"), plural=_l("Contacts"),
        new=_l("New contact"), icon="user", title="name", parent="account", twins=True,
        subject=True,
        columns=("name", "account", "role", "phones", "email"),
        filters=("account", "decision_maker", "preferred_channel", "owner", "team", "created_at"),
        sorts=("name", "created_at", "updated_at"), order=("name", "asc"),
        sub=("role", "account"),
        related=(
            Related("task", "contact", _l("Tasks")),
            Related("activity", "contact", _l("Activities")),
            Related("consent", "contact", _l("Consents")),
        ),
    )  # fmt: skip
    name = field("text", _l("Name"), required=True, search=True)
    account = field("ref", _l("Account"), target="account", required=True)
    role = field("text", _l("Role"), search=True)
    decision_maker = field("bool", _l("Decision-maker"), default=False)
    phones = field("phones", _l("Phones"), search=True, group=_l("Reach"))
    email = field("email", _l("E-mail"), search=True, group=_l("Reach"))
    preferred_channel = field("choice", _l("Preferred channel"), choices=choices.CHANNELS,
                              group=_l("Reach"))  # fmt: skip
    lang = field("language", _l("Language"), choices=LANGUAGE_CHOICES, group=_l("Reach"))
    birthday = field("date", _l("Birthday"), group=INTERNAL)
    notes = field("longtext", _l("Notes"), group=INTERNAL)


class Activity(Record):
    """A call, meeting, mail, visit or note; changed for a day, then part of the history."""

    __tablename__ = "activity"
    spec = Entity(
        "activity", path="activities", label=_l("Activity"), plural=_l("Activities"),
        new=_l("New activity"), icon="message-square", title="subject", parent="account",
        closes_after=86_400, quick=("call:outcome", "note:body"),
        columns=("subject", "at", "kind", "account", "outcome", "owner"),
        filters=("kind", "outcome", "at", "account", "contact", "owner"),
        sorts=("at", "created_at"), order=("at", "desc"), sub=("account", "at"),
        icons={"call": "phone", "meeting": "users", "mail": "mail", "visit": "map-pin",
               "note": "notebook-pen"},
    )  # fmt: skip
    kind = field("choice", _l("Kind"), choices=choices.ACTIVITIES, default="call", required=True)
    subject = field("text", _l("Subject"), search=True)
    account = field("ref", _l("Account"), target="account", required=True)
    contact = field("ref", _l("Contact"), target="contact", index=True)
    at = field("instant", _l("When"), default="now", required=True)
    duration = field("integer", _l("Duration in minutes"), min=0, max=1_440)
    outcome = field("choice", _l("Outcome"), choices=choices.OUTCOMES)
    body = field("longtext", _l("What was said"))


class Consent(Record):
    """That somebody may be written to or called, or no longer: for one channel, from then on. The
    last one counts; former ones stay, as the proof of what was agreed when and how."""

    __tablename__ = "consent"
    spec = Entity(
        "consent", path="consents", label=_l("Consent"), plural=_l("Consents"),
        new=_l("New consent"), icon="shield-check", title="source", parent="account",
        closes_after=86_400,
        columns=("source", "kind", "channel", "at", "account", "contact"),
        filters=("kind", "channel", "at", "account", "contact", "owner"),
        sorts=("at", "created_at"), order=("at", "desc"), sub=("kind", "channel", "at"),
        icons={"given": "check", "refused": "ban", "withdrawn": "undo-2"},
    )  # fmt: skip
    kind = field("choice", _l("Kind"), choices=choices.CONSENTS, default="given", required=True)
    channel = field("choice", _l("Channel"), choices=choices.CONSENT_CHANNELS, required=True)
    source = field("text", _l("Source"), required=True, search=True,
                   help=_l("How it was said: a signed form, a call, a message"))  # fmt: skip
    account = field("ref", _l("Account"), target="account", required=True)
    contact = field("ref", _l("Contact"), target="contact", index=True)
    at = field("instant", _l("When"), default="now", required=True)
    note = field("longtext", _l("Note"))


registry.register(Account, Contact, Activity, Consent)
registry.nav += [
    {"href": "/accounts/", "label": Account.spec.plural, "icon": Account.spec.icon, "key": "a"},
    {"href": "/contacts/", "label": Contact.spec.plural, "icon": Contact.spec.icon, "key": "c"},
    {"href": "/activities/", "label": Activity.spec.plural, "icon": Activity.spec.icon,
     "key": "v"},
]  # fmt: skip
