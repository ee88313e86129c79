"""The network between devices and server, and everything that can befall a request."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass

from .server import Answer, Server

PAGE = "<!doctype html><title>Sign in to the Wi-Fi</title>"


class Lost(Exception):
    """No answer came."""


@dataclass(frozen=True)
class Request:
    person: str
    token: str
    body: str
    lines: bool = False


@dataclass
class Plan:
    """What befalls request number `at` of one round: a fault, and what happens before it gets
    to the server, or while its answer is on the way."""

    fault: str = ""
    at: int = 0
    before: Callable[[], object] | None = None
    after: Callable[[], object] | None = None
    asked: int = 0

    def next(self) -> Plan:
        self.asked += 1
        return self if self.asked == self.at + 1 else Plan()


Watch = Callable[[Request, Answer], None]


class Network:
    """`sent` are requests that reached the server, `late` those that still will. Every answer of
    the server is shown to `watch`, whether it arrives or not."""

    def __init__(self, server: Server, watch: Watch) -> None:
        self.server, self.watch = server, watch
        self.sent: list[Request] = []
        self.late: list[Request] = []

    def carry(self, request: Request, plan: Plan) -> Answer:
        """Raises Lost."""
        now = plan.next()
        if now.before:
            now.before()
        answer = self._strike(now.fault, request)
        if now.after:
            now.after()
        return answer

    def _strike(self, fault: str, request: Request) -> Answer:
        if fault == "request_lost":
            raise Lost
        if fault == "late":
            self.late.append(request)
            raise Lost
        if fault == "down":
            return Answer(502, "text/html", PAGE)
        if fault == "signed_out":
            return Answer(401, "application/problem+json", '{"code":"signed_out"}')
        return self._spoil(fault, self._reach(fault, request), request)

    def _reach(self, fault: str, request: Request) -> Answer:
        if fault == "old_schema":
            newer = json.dumps(json.loads(request.body) | {"v": 2})
            request = Request(request.person, request.token, newer, request.lines)
        self.server.mishap = fault
        return self.deliver(request)

    def _spoil(self, fault: str, answer: Answer, request: Request) -> Answer:
        if fault in ("answer_lost", "killed_after"):
            raise Lost
        if fault == "html":
            return Answer(200, "text/html", PAGE)
        if fault == "cut":
            return Answer(answer.status, answer.kind, answer.body[: len(answer.body) * 7 // 10])
        return self.deliver(request) if fault == "doubled" else answer

    def deliver(self, request: Request) -> Answer:
        """Raises Lost if the server dies over it."""
        answer = self.server.ask(request.token, request.body, request.lines)
        self.sent.append(request)
        if answer is None:
            raise Lost
        self.watch(request, answer)
        return answer

    def catch_up(self) -> None:
        """What was late arrives; nobody waits for the answers any more."""
        while self.late:
            self.deliver(self.late.pop(0))
