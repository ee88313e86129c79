"""Each kind of notice, from what is done to the message in somebody's hand."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import time_machine

from server.messaging.delivering import announce_left
from server.tasks.reminding import alarm, tell_due
from tests.people import Stage

from .conftest import Phones
from .test_noticing import a_task, at_work
from .test_pushing import jobs

SITE = "https://crm.example.org"


def test_every_kind_arrives_and_leads_to_what_it_is_about(fresh: Stage, phones: Phones) -> None:
    phones.subscribe("carl")
    olive, carl, cast = at_work(fresh, "olive"), at_work(fresh, "carl"), fresh.cast
    today, minutes = datetime.now(UTC).date(), count(1)

    def told() -> tuple[str, str]:
        """A minute after the last: what comes within the same seconds would be told together."""
        after = next(minutes) * 60
        with time_machine.travel(datetime.now(UTC) + timedelta(seconds=after), tick=False):
            announce_left()
        (message,) = phones.work(after + 30)
        return message.shown["title"], message.shown["navigate"].removeprefix(SITE).split("?")[0]

    rec = a_task(fresh, "olive", assignee=cast["carl"])
    assert told() == ("A task for you", f"/tasks/{rec}")
    olive.sync()
    assert olive.do("do", "task", rec, f="hand_over", v={"assignee": cast["tara"]}) == ["ok"]
    assert told() == ("Given to somebody else", f"/tasks/{rec}")
    rec = a_task(fresh, "olive", body="Ask @carl")
    assert told() == ("You were mentioned", f"/tasks/{rec}")
    account = fresh.file("olive")["account"]
    olive.sync()
    carl.sync()
    assert carl.do("set", "account", account, f="city", v="Akko") == ["ok"]
    olive.skew = 1_000
    assert olive.do("set", "account", account, f="city", v="Haifa") == ["conflict"]
    carl.sync()
    (conflict,) = [i for i, row in carl.rows.items() if row[0] == "conflict" and row[2]["open"]
                   and row[2]["rec"] == account]  # fmt: skip
    assert told() == ("Two people changed this", f"/conflicts/{conflict}")
    rec = a_task(fresh, "carl", due=str(today + timedelta(days=1)))
    for days, title in ((1, "Due today"), (2, "Overdue")):
        tell_due(f"{today + timedelta(days=days)}T09:00:00Z")
        assert told() == (title, f"/tasks/{rec}")
    carl.sync()
    carl.do("set", "task", rec, f="remind_at", v="2031-01-01T10:00:00Z")
    (job,) = jobs("alarm")
    alarm(**job.args)
    assert told() == ("Your reminder", f"/tasks/{rec}")
