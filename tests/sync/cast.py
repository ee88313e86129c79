"""The cast of tests/people.py, under the name by which the tests of sync know it."""

from tests.people import PEOPLE, TEAMS, Cast, hire

__all__ = ["PEOPLE", "TEAMS", "Cast", "hire"]
