"""Many devices against the real server over a network that fails, replayable from a seed.

`script` says what happens, `world` lets it happen, `promises` are the 13 invariants of
PROTOCOL.md, `running` replays and shrinks. `python -m tests.sync.simulation` is the long run.
"""
