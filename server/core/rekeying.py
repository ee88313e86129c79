"""Scope keys follow the facts: who owns a record, whose file it hangs off, who has a task there.

Runs at the end of a transaction of the door, over what it changed, and hourly over what time has
changed. A customer file travels whole: when the keys of its account change, so do those of all that
is in it, and with any record go its changes and conflicts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection

from .entity import Entity
from .history import LOGS
from .nearness import Span
from .registry import registry
from .scope import file_keys, record_keys
from .sharing import Sharing, within
from .work import Work, chunks, load, load_where


class Rekeying:
    """Recomputes keys for the working copies of one transaction, loading what else is concerned."""

    def __init__(
        self, connection: Connection, org: int, works: dict[str, Work], span: Span
    ) -> None:
        self.connection, self.org, self.works, self.span = connection, org, works, span

    def run(self) -> None:
        """Set `new_keys` of every record whose keys may have changed."""
        touched = [
            w for w in self.works.values()
            if w.touched and w.entity not in LOGS and not w.entity.attached
        ]  # fmt: skip
        moved = [w for w in touched if w.n is None or self._keys_moved(w)]
        self._rekey_files(self._files_of(moved).values())
        for work in moved:
            if work.new_keys is None:
                parent = self.works.get(work.parent or "")
                above = parent.keys_after if parent else ()
                work.new_keys = record_keys(work.entity, work.doc, above)
        self._rekey_attached()
        self._rekey_logs()

    def refile(self, files: Iterable[Work]) -> None:
        """Set `new_keys` of these files and, where they changed, of all that is in them."""
        self._rekey_files(files)
        self._rekey_attached()
        self._rekey_logs()

    def _keys_moved(self, work: Work) -> bool:
        """Did anything change that keys are made of?"""
        return any(name in work.entity.keyed_by for name, _, _ in work.changes)

    def _files_of(self, moved: list[Work]) -> dict[str, Work]:
        """The customer files whose keys must be computed anew: moved ones, and those of moved
        children, where the children came from included."""
        wanted: dict[str, set[str]] = {}
        for work in moved:
            entity = work.entity
            above = entity.holds.file if entity.holds else entity.parent
            if above is None:
                wanted.setdefault(entity.type, set()).add(work.id)
                continue
            target = entity.fields[above].target or ""
            before = [change[1] for change in work.changes if change[0] == above]
            wanted.setdefault(target, set()).update(i for i in (work.doc[above], *before) if i)
        found: dict[str, Work] = {}
        for kind, ids in wanted.items():
            self._load(registry[kind], ids)
            found |= {i: self.works[i] for i in ids if i in self.works}
        return found

    def _load(self, entity: Entity, ids: Iterable[str]) -> None:
        missing = [i for i in ids if i not in self.works]
        self.works.update(load(self.connection, self.org, entity, missing))

    def _rekey_files(self, files: Iterable[Work]) -> None:
        of = defaultdict[str, list[Work]](list)
        for file in files:
            of[file.entity.type].append(file)
        for some in of.values():
            self._rekey_alike(some)

    def _rekey_alike(self, files: list[Work]) -> None:
        """Files of one kind, with all that is in those whose keys changed."""
        sharing = Sharing(self.connection, self.org, self.works, self.span)
        shared, holders = sharing.keys(files), sharing.holders(files)
        for file in files:
            file.new_keys = file_keys(file.entity, file.doc, shared[file.id], holders[file.id])
        moved = {file.id: file for file in files if set(file.new_keys or ()) != set(file.keys)}
        children = registry.children(files[0].entity.type)
        for child in children:
            by = child.parent or ""
            for work in within(self.connection, self.org, child, by, moved.values()):
                self.works.setdefault(work.id, work)
        for work in list(self.works.values()):
            above = moved.get(work.parent or "")
            if above and work.entity in children:
                work.new_keys = record_keys(work.entity, work.doc, above.keys_after)

    def _rekey_attached(self) -> None:
        """What is attached to a record carries its keys, besides those of its own."""
        for entity in registry.attached():
            for some in chunks(self._moved()):
                clause: Any = entity.table.c.rec.in_(some)
                for work in load_where(self.connection, self.org, entity, clause):
                    self.works.setdefault(work.id, work)
            for work in [w for w in self.works.values() if w.entity is entity]:
                bearer = registry.get(work.doc["of"])
                if bearer:
                    self._load(bearer, [work.doc["rec"]])
                above = self.works.get(work.doc["rec"])
                work.new_keys = record_keys(entity, work.doc, above.keys_after if above else ())

    def _moved(self) -> list[str]:
        """Ids of the records that were there before and have other keys now."""
        return [
            w.id for w in self.works.values()
            if w.n is not None and w.new_keys is not None and set(w.new_keys) != set(w.keys)
        ]  # fmt: skip

    def _rekey_logs(self) -> None:
        """Changes and conflicts carry the keys of the record they are about."""
        for log in LOGS:
            for work in self.works.values():
                if work.entity is log and (work.n is None or work.touched):
                    about = self.works.get(work.doc["rec"])
                    if about:
                        work.new_keys = list(about.keys_after)
        moved = self._moved()
        for log in LOGS:
            for some in chunks(moved):
                clause: Any = log.table.c.rec.in_(some)
                for work in load_where(self.connection, self.org, log, clause):
                    kept = self.works.setdefault(work.id, work)
                    about = self.works.get(kept.doc["rec"])
                    kept.new_keys = list(about.keys_after) if about else kept.new_keys
