"""The invariants that hold once faults have healed and everything is quiet."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from server.sync.sums import checksum

from .accounts import TOKEN, Accounts, Move, Taken
from .network import Plan, Request
from .office import version
from .program import Program
from .promises import look_closely, watch_replay
from .script import Device
from .steps import take
from .world import Broken, Machine, World

Told = dict[str, Any]
ROUNDS = 6
REPLAYED = 8  # requests


def settle(world: World) -> None:
    """10: with the network well everybody gets through, and there is an end to it."""
    try:
        _settle(world)
    except Broken as broken:
        if world.only in (None, broken.number):
            raise


def _settle(world: World) -> None:
    world.network.catch_up()
    for _ in range(ROUNDS):
        before = version(world)
        for machine in world.machines:
            told = machine.device.sync(Plan())
            if not told.get("done"):
                raise Broken(10, f"{machine.name} fails without a fault: {told}")
            world.attempt(look_closely, world, machine)
            if machine.seen["outbox"]:
                raise Broken(10, f"{machine.name} still has {machine.seen['outbox']}")
        world.answer_for()
        if version(world) == before:
            return
    raise Broken(10, "there is no end to it")


class Quiet:
    """A settled world beside what the server's tables say."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.accounts = Accounts(world.house.org)
        self.dumps = {machine.name: machine.device.dump() for machine in world.machines}
        self.fresh: dict[str, tuple[Told, Told]] = {}
        self.more: Told = {"want_sums": True}

    def check(self) -> None:
        for promise in PROMISES:
            if self.world.only is None or f"_{self.world.only}_" in promise.__name__:
                promise(self)
        self.world.answer_for()

    def knows(self, request: Request) -> bool:
        """Does it have operations, and are they all in the ledger?"""
        ids = {op["id"] for op in json.loads(request.body).get("ops", [])}
        return bool(ids) and ids <= self.accounts.by_id.keys()

    def again(self, machine: Machine) -> tuple[Told, Told]:
        """What a fresh device of the same person gets, and the server's checksums."""
        if machine.person not in self.fresh:
            self.fresh[machine.person] = self._load(machine.person)
        return self.fresh[machine.person]

    def _load(self, person: str) -> tuple[Told, Told]:
        of = Device("program", person, 2000, 200, 0, lines=False)
        program = Program("fresh", of, self.world.carrier(of))
        program.more = self.more
        program.sync(Plan())
        return program.dump(), program.checksums


def invariant_6_nothing_outside_scope(quiet: Quiet) -> None:
    for machine in quiet.world.machines:
        mine = quiet.accounts.under(quiet.world.keys(machine.person))
        more = quiet.dumps[machine.name].keys() - mine.keys()
        if more:
            raise Broken(6, f"{machine.person}'s {machine.name} holds {sorted(more)}")


def invariant_1_exactly_what_is_visible(quiet: Quiet) -> None:
    for machine in quiet.world.machines:
        mine = quiet.accounts.under(quiet.world.keys(machine.person))
        here = quiet.dumps[machine.name]
        missing = sorted(mine.keys() - here.keys())
        if missing:
            raise Broken(1, f"{machine.person}'s {machine.name} misses {missing}")
        for id_, held in mine.items():
            there = {**held.doc, "id": id_, "type": held.type, "ver": held.ver}
            if here[id_] != there:
                wrong = {n for n in there if here[id_].get(n) != there[n]}
                raise Broken(1, f"{machine.name} differs in {wrong} of {held.type} {id_}")


def invariant_2_nothing_gets_lost(quiet: Quiet) -> None:
    """What hangs on a refusal may be refused on the device itself, and never be sent."""
    known = quiet.accounts.by_id
    for id_, noted in quiet.world.noted.items():
        told = noted.fate == "settled" or id_ in noted.machine.seen["problems"]
        if noted.fate in ("squashed", "lost") or told:
            continue
        if id_ not in known:
            raise Broken(2, f"{noted.machine.name} wrote {noted.op}, which nobody has")
        if known[id_].status == "rejected":
            raise Broken(2, f"{noted.machine.name} was not told that {id_} was refused")


def invariant_3_counters_add_up(quiet: Quiet) -> None:
    sums: dict[str, int] = {}
    for op in quiet.accounts.accepted:
        if op.verb == "inc":
            sums[op.rec] = sums.get(op.rec, 0) + op.body["d"]
        if op.verb == "new" and op.body["type"] == "gauge":
            sums[op.rec] = op.body["v"]["stock"]
    for rec, held in quiet.accounts.records.items():
        if held.type == "gauge" and held.doc["stock"] != sums.get(rec, 0) + _began(held.doc):
            raise Broken(3, f"{rec} has {held.doc['stock']}, and its deltas are {sums.get(rec)}")


def _began(doc: Told) -> int:
    return 20 if doc["name"] == "Gauge" else 0


def invariant_9_all_or_nothing(quiet: Quiet) -> None:
    for group in quiet.accounts.groups():
        if len({op.status == "rejected" for op in group}) > 1:
            raise Broken(9, f"half of {group[0].body['g']}: {[(op.id, op.status) for op in group]}")
    taken = {token for op in quiet.accounts.accepted for token in op.tokens}
    refused = {token for op in quiet.accounts.ops for token in op.tokens} - taken
    for id_, held in quiet.accounts.records.items():
        trace = refused & set(TOKEN.findall(json.dumps(held.doc)))
        if trace:
            raise Broken(9, f"{trace} was refused and is in {held.type} {id_}")


def invariant_4_no_value_vanishes(quiet: Quiet) -> None:
    _one_writes_at_a_time(quiet)
    for op in quiet.accounts.accepted:
        if op.verb in ("new", "set", "add"):
            for token in op.tokens:
                _is_accounted_for(quiet.accounts, op, token)
    for (rec, name), moves in quiet.accounts.moves.items():
        if name in ("owner", "team", "assignee"):
            for one, next_ in zip(moves, moves[1:], strict=False):
                lost = quiet.accounts.lost(rec, name)
                if not next_.op.saw(one.op) and next_.before not in lost:
                    raise Broken(4, f"{next_.op} took {name} of {rec} from {one.op} unseen")


def _one_writes_at_a_time(quiet: Quiet) -> None:
    """A device is never in conflict with itself, so two copies must not write under one name."""
    last: dict[str, list[int]] = {}
    for op in quiet.accounts.ops:
        noted = quiet.world.noted.get(op.id)
        writers = last.setdefault(op.device, [])
        if noted and writers[-1:] != [noted.machine.index]:
            writers.append(noted.machine.index)
    for device, writers in last.items():
        if len(writers) > 2:
            raise Broken(4, f"{device} was written under by {writers}, in turn")


def _is_accounted_for(accounts: Accounts, op: Taken, token: str) -> None:
    """It is current, in a conflict, or was taken away by somebody who had seen it."""
    record = accounts.records[op.rec]
    if token in _tokens(record.doc):
        return
    names = [op.body["f"]] if "f" in op.body else list(op.body["v"])
    for name in names:
        if token in _tokens(accounts.lost(op.rec, name)):
            return
        for move in accounts.moves.get((op.rec, name), []):
            if _takes(move, token) and move.op.saw(op):
                return
    raise Broken(4, f"{token} of {op.rec} vanished: {op}")


def _tokens(value: Any) -> set[str]:
    return set(TOKEN.findall(json.dumps(value)))


def _takes(move: Move, token: str) -> bool:
    return token in _tokens(move.before) and token not in _tokens(move.after)


def invariant_5_no_needless_conflict(quiet: Quiet) -> None:
    """Somebody else had written the field after what the writer saw."""
    for (rec, name), conflicts in quiet.accounts.conflicts.items():
        births = {conflict["created_at"] for conflict in conflicts}
        guilty = [op for op in quiet.accounts.accepted
                  if op.rec == rec and op.status == "conflict"]  # fmt: skip
        for op in guilty:
            if not _met(quiet.accounts, op):
                raise Broken(5, f"{op} met nobody ({name}, {births})")
        if len(guilty) == 0:
            raise Broken(5, f"{rec} has conflicts over {name} that no operation made")


def _met(accounts: Accounts, op: Taken) -> bool:
    names = {"del": ["deleted"], "do": ["assignee", "status", "watchers"]}.get(
        op.verb, [op.body.get("f")]
    )
    for name in [*names, "deleted"]:
        others = [move.op for move in accounts.moves.get((op.rec, name), [])]
        before = [one for one in others if (one.ver, one.n) < (op.ver, op.n)]
        met = before if name == "notes" else before[-1:]  # a text is merged with all that came
        if any(not op.saw(one) for one in met):
            return True
    born = [one for one in accounts.accepted if one.rec == op.rec and one.verb == "new"]
    return bool(born) and not op.saw(born[0])


def invariant_11_bit_by_bit_is_all_at_once(quiet: Quiet) -> None:
    for machine in quiet.world.machines:
        fresh, _ = quiet.again(machine)
        if fresh != quiet.dumps[machine.name]:
            wrong = {i for i, row in fresh.items() if quiet.dumps[machine.name].get(i) != row}
            raise Broken(11, f"{machine.name} is not as a fresh device is: {wrong}")


def invariant_12_checksums_agree(quiet: Quiet) -> None:
    for machine in quiet.world.machines:
        _, sums = quiet.again(machine)
        kinds: dict[str, list[tuple[str, int]]] = {}
        for id_, row in quiet.dumps[machine.name].items():
            kinds.setdefault(row["type"], []).append((id_, row["ver"]))
        if {kind: checksum(pairs) for kind, pairs in kinds.items()} != sums:
            raise Broken(12, f"{machine.name} has other checksums than {sums}")


def invariant_13_replaying_changes_nothing(quiet: Quiet) -> None:
    """Of requests that died with the server and with their device, a replay is the first time."""
    sent = [one for one in quiet.world.network.sent if quiet.knows(one)]
    for request in quiet.world.house.dice.sample(sent, min(len(sent), REPLAYED)):
        watch_replay(quiet.world, request, lambda: version(quiet.world))
    after = Accounts(quiet.world.house.org)
    if (after.ops, after.records) != (quiet.accounts.ops, quiet.accounts.records):
        raise Broken(13, "replaying requests left something behind")


PROMISES: tuple[Callable[[Quiet], None], ...] = (
    invariant_6_nothing_outside_scope, invariant_1_exactly_what_is_visible,
    invariant_2_nothing_gets_lost, invariant_3_counters_add_up, invariant_9_all_or_nothing,
    invariant_4_no_value_vanishes, invariant_5_no_needless_conflict,
    invariant_11_bit_by_bit_is_all_at_once, invariant_12_checksums_agree,
    invariant_13_replaying_changes_nothing,
)  # fmt: skip
__all__ = ["PROMISES", "Quiet", "settle", "take"]
