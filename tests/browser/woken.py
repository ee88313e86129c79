"""A phone that is woken by its push service, which is played here."""

from __future__ import annotations

from typing import Any

from .office import Office
from .phone import Phone

SHOWN = """async () => {
  const registration = await navigator.serviceWorker.ready;
  return (await registration.getNotifications()).map(({ title, body, data, lang, tag, actions }) =>
    ({ title, body, data, lang, tag, actions: actions.map((one) => one.action) }));
}"""
TAP = """async (action) => {
  const [notification] = await self.registration.getNotifications();
  self.dispatchEvent(new NotificationEvent('notificationclick', { notification, action }));
}"""


class Woken:
    """A phone that may be notified; `deliver` is what its push service does."""

    def __init__(self, phone: Phone, office: Office) -> None:
        self.phone, self.page, self.origin = phone, phone.page, office.url
        phone.context.grant_permissions(["notifications"], origin=office.url)
        self.cdp = phone.context.new_cdp_session(phone.page)
        self.registration = ""
        self.cdp.on("ServiceWorker.workerRegistrationUpdated", self._registered)
        self.cdp.send("ServiceWorker.enable")
        phone.until(lambda: self.registration)

    def _registered(self, event: Any) -> None:
        for one in event["registrations"]:
            self.registration = one["registrationId"]

    def deliver(self, data: str) -> list[dict[str, Any]]:
        """The notifications that stand there afterwards."""
        self.cdp.send("ServiceWorker.deliverPushMessage", {
            "origin": self.origin, "registrationId": self.registration, "data": data,
        })  # fmt: skip
        return self.phone.until(lambda: self.page.evaluate(SHOWN))

    def tap(self, action: str = "") -> None:
        worker = self.phone.context.service_workers[0]
        worker.evaluate(TAP, action)
        self.phone.until(lambda: not self.page.evaluate(SHOWN))


def subscriptions(office: Office) -> list[Any]:
    return office.rows("SELECT person, endpoint FROM subscription")
