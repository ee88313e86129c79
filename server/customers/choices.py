"""What may be chosen in the customers' fields."""

from server.core.i18n import _l

KINDS = (("company", _l("Company")), ("person", _l("Private person")))
RELATIONS = (
    ("prospect", _l("Prospective customer")),
    ("customer", _l("Customer")),
    ("supplier", _l("Supplier")),
    ("partner", _l("Partner")),
    ("adviser", _l("Adviser")),
)
STAGES = (
    ("first_contact", _l("First contact")),
    ("lead", _l("Lead")),
    ("prospect", _l("Prospect")),
    ("customer", _l("Active customer")),
    ("loyal", _l("Loyal")),
    ("at_risk", _l("At risk")),
    ("lost", _l("Lost")),
    ("won_back", _l("Won back")),
)
# Life takes any road, and a slip of the finger must be undone: every stage may follow every other.
STAGE_MOVES = {a: tuple(b for b, _ in STAGES if b != a) for a, _ in STAGES}
INDUSTRIES = (
    ("automotive", _l("Automotive")),
    ("construction", _l("Construction")),
    ("education", _l("Education")),
    ("finance", _l("Finance")),
    ("food", _l("Food")),
    ("health", _l("Health")),
    ("hospitality", _l("Hotels and restaurants")),
    ("leisure", _l("Leisure")),
    ("logistics", _l("Logistics")),
    ("manufacturing", _l("Manufacturing")),
    ("professional", _l("Professional services")),
    ("public", _l("Public sector")),
    ("retail", _l("Retail")),
    ("technology", _l("Technology")),
    ("other", _l("Other")),
)
CHANNELS = (
    ("phone", _l("Phone")),
    ("whatsapp", _l("WhatsApp")),
    ("mail", _l("E-mail")),
    ("sms", _l("Text message")),
    ("visit", _l("Visit")),
)
ACTIVITIES = (
    ("call", _l("Call")),
    ("meeting", _l("Meeting")),
    ("mail", _l("Mail")),
    ("visit", _l("Visit")),
    ("note", _l("Note")),
)
OUTCOMES = (
    ("reached", _l("Reached")),
    ("no_answer", _l("No answer")),
    ("left_message", _l("Left a message")),
    ("positive", _l("Went well")),
    ("negative", _l("Not interested")),
    ("follow_up", _l("Needs a follow-up")),
)
CONSENT_CHANNELS = (
    ("mail", _l("E-mail")),
    ("sms", _l("Text message")),
    ("whatsapp", _l("WhatsApp")),
    ("phone", _l("Phone")),
    ("post", _l("Post")),
)
CONSENTS = (
    ("given", _l("Consent given")),
    ("refused", _l("Consent refused")),
    ("withdrawn", _l("Consent withdrawn")),
)
