"""The description is what the API does: a program made from it meets no surprise."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from openapi_spec_validator import OpenAPIV31SpecValidator
from schemathesis.specs.openapi.checks import positive_data_acceptance

from server.core.registry import registry
from server.web.rest import openapi
from tests.people import Stage

EXAMPLES = 6  # of each operation


def test_the_document_is_openapi() -> None:
    OpenAPIV31SpecValidator(openapi.document()).validate()


@pytest.mark.parametrize("engine_name", ["sqlite"], indirect=True)
def test_every_address_is_described(app: Any) -> None:
    paths = openapi.document()["paths"]
    described = {(method.upper(), path) for path, item in paths.items() for method in item}
    there = set()
    for rule in app.url_map.iter_rules():
        if not rule.endpoint.startswith("api.") or rule.rule.endswith(("/docs", "/openapi.json")):
            continue
        for method in (rule.methods or set()) - {"HEAD", "OPTIONS"}:
            for entity in registry.entities.values():
                path = rule.rule.replace("<path>", entity.path).replace("<id_>", "{id}")
                nouns = [a.noun for a in entity.actions] if "<noun>" in path else [""]
                reads = method == "GET" or not entity.system or "<path>" not in rule.rule
                there |= {(method, path.replace("<noun>", noun)) for noun in nouns if reads}
    assert described == there


@pytest.mark.parametrize("stage", ["sqlite"], indirect=True)
def test_nothing_unexpected_comes_of_it(stage: Stage) -> None:
    """What the description allows, and what it forbids, by a program that makes it up."""
    stage.file("olive")
    headers = {"Authorization": f"Bearer {stage.cast.tokens['olive']}"}

    def app(*given: Any) -> Any:
        with stage.app.app_context():  # within the test's, `g` would outlive the request
            return stage.app(*given)

    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, headers=headers)
    operations: list[Any] = [found.ok() for found in schema.get_all_operations()]  # type: ignore[union-attr]
    assert len(operations) > 20
    for operation in operations:
        _try(operation.as_strategy(), headers)


def _try(cases: Any, headers: dict[str, str]) -> None:
    """That a record named by an id is there no description can promise, so 422 is fine."""

    @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck),
              derandomize=True, database=None)  # fmt: skip
    @given(case=cases)
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

    ask()
