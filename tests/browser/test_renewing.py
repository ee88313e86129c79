"""A browser whose address at its push service changes, or lapses."""

from __future__ import annotations

import pytest

from .conftest import NewPhone
from .office import Office
from .woken import Woken, subscriptions


@pytest.fixture
def woken(new_phone: NewPhone, office: Office) -> Woken:
    return Woken(new_phone("james"), office)


RENEW = """async (endpoint) => {
  const { key } = await (await fetch('/api/push')).json();
  const keys = { p256dh: key, auth: 'AAAAAAAAAAAAAAAAAAAAAA' };
  const event = new ExtendableEvent('pushsubscriptionchange');
  event.newSubscription = { toJSON: () => ({ endpoint, keys }) };
  self.dispatchEvent(event);
}"""


def test_a_browser_that_moved_to_another_address_says_so(woken: Woken, office: Office) -> None:
    james, worker = office.demo.people["james"], woken.phone.context.service_workers[0]
    endpoint = "https://updates.push.services.mozilla.com/wpush/v2/moved"
    worker.evaluate(RENEW, endpoint)
    woken.phone.until(lambda: (james, endpoint) in subscriptions(office))


LAPSED = """async ([endpoint, old]) => {
  const asked = [];
  PushManager.prototype.subscribe = async (options) => {
    asked.push(options);
    return { toJSON: () => ({ endpoint, keys: { p256dh: key, auth: 'AAAAAAAAAAAAAAAAAAAAAA' } }) };
  };
  const { key } = await (await fetch('/api/push')).json();
  const event = new ExtendableEvent('pushsubscriptionchange');
  event.oldSubscription = old ? { options: { applicationServerKey: old } } : null;
  event.newSubscription = null;
  let done;
  event.waitUntil = (work) => { done = work; };
  self.dispatchEvent(event);
  await done;
  const [{ userVisibleOnly, applicationServerKey }] = asked;
  return [userVisibleOnly, applicationServerKey, key];
}"""


@pytest.mark.parametrize("old", ["the key of before", ""])
def test_a_browser_that_is_given_no_address_subscribes_anew(
    woken: Woken, office: Office, old: str
) -> None:
    """With the key of the subscription that lapsed, or the server's if that is not told either."""
    james, worker = office.demo.people["james"], woken.phone.context.service_workers[0]
    endpoint = f"https://updates.push.services.mozilla.com/wpush/v2/anew{len(old)}"
    visible, used, servers = worker.evaluate(LAPSED, [endpoint, old])
    assert (visible, used) == (True, old or servers)
    assert (james, endpoint) in subscriptions(office)
