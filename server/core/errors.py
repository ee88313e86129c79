"""Everything that can be wrong, in one shape: a code, the field it is about, and what to do."""

from __future__ import annotations

from .i18n import _l

MESSAGES: dict[str, str] = {
    "required": _l("Please fill this in."),
    "too_long": _l("This is too long. Please shorten it."),
    "wrong_kind": _l("This value is of the wrong kind."),
    "not_a_choice": _l("Please choose one of the offered values."),
    "bad_email": _l("This is not an e-mail address. Example: name@company.com"),
    "bad_url": _l("This is not a web address. Example: https://company.com"),
    "bad_phone": _l("This is not a phone number. Example: 052-123-4567 or +98 912 123 4567"),
    "bad_date": _l("This is not a date. Example: 2026-03-21"),
    "bad_number": _l("This is not a number."),
    "too_fine": _l("This amount has more decimals than its currency."),
    "bad_reference": _l("The record named here can't be found. Choose another."),
    "bounds": _l("This number is out of bounds."),
    "illegal_transition": _l("This step is not possible from the present state."),
    "closed": _l("This entry can no longer be changed. Add a new one instead."),
    "append_only": _l("This field can't be changed once it is filled in."),
    "readonly": _l("This field can't be changed by hand."),
    "taken": _l("This is taken already. Choose another."),
    "bad_pattern": _l("A pattern has zeros in braces once, as in INV-{YYYY}-{0000}."),
    "bad_currency": _l("A currency is told by three letters, as in USD."),
    "formula_sign": _l("The formula can't be read here."),
    "formula_end": _l("Something is missing at the end of the formula."),
    "formula_name": _l("There is no such field or function."),
    "formula_count": _l("This function takes another number of values."),
    "formula_long": _l("The formula is too long."),
    "formula_circle": _l("This formula needs its own value, by way of another formula."),
    "bad_layout": _l("This layout can't be read."),
    "bad_link": _l("Begin with https://, mailto:, tel: or sms:; fields in braces come later."),
    "bad_key": _l("A key begins with x_ and has small letters, digits and _ in it."),
    "bad_options": _l("Give at least one choice, each with a name and another value."),
    "forbidden": _l("You may not make this change. Ask the owner of the record."),
    "missing": _l("This record is not there, or you may not see it."),
    "merged": _l("This record was merged into another. Undo the merge to have it back."),
    "exists": _l("This record has been made already."),
    "depends": _l("It depends on another change that was not accepted."),
    "group": _l("Another part of the same change was not accepted."),
    "unknown_type": _l("This kind of record is not known. Update the app."),
    "unknown_field": _l("This field is not known. Update the app."),
    "unknown_action": _l("This action is not known. Update the app."),
    "stale": _l("This record was changed meanwhile. Load it again."),
    "bad_condition": _l("This filter can't be read. Clear it and build it again."),
    "malformed": _l("This change can't be read."),
    "op_reused": _l("Another change was already sent under the same number."),
    "none_chosen": _l("Choose at least one record first."),
    "many_chosen": _l("Choose at most 2,000 records, or all that match."),
    "not_held": _l("Not all of these are on this device. Try again with a connection."),
    "last_admin": _l("Somebody has to stay administrator. Give another person this role first."),
    "error": _l("Something went wrong on the server. Nothing is lost; try again later."),
}


class Refused(Exception):
    """An operation is not accepted. `code` is a key of MESSAGES; `field` names the culprit."""

    def __init__(self, code: str, field: str | None = None) -> None:
        super().__init__(code)
        self.code, self.field = code, field
