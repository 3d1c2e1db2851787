"""Asked everything that the contract allows, and what it does not, the API keeps the contract."""

import json
from pathlib import Path

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi import checks

pytestmark = pytest.mark.django_db
PATHS = json.loads(Path(__file__).with_name("openapi.json").read_text())["paths"]
#: What takes no parameter cannot be asked wrongly.
CASES = [
    (path, mode)
    for path, operations in PATHS.items()
    for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
    if operations["get"]["parameters"] or mode == GenerationMode.POSITIVE
]
EXAMPLES = 15


@schemathesis.check
def no_fault_of_ours(ctx, response, case):
    """Allow no 5xx but oEmbed's own word for a format that we do not speak."""
    return response.status_code == 501 or not_a_server_error(ctx, response, case)


CHECKS = (
    no_fault_of_ours,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
)


@pytest.fixture
def contract(rich, settings):
    """Load the contract from the application itself."""
    settings.API_THROTTLE_RATE = ""
    settings.ALLOWED_HOSTS = ["*"]
    signals = (request_started, request_finished)
    for signal in signals:  # the test's transaction lives in this connection
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize(("path", "mode"), CASES)
def test_the_contract_is_kept_whatever_is_asked(contract, path, mode):
    operation = contract[path]["GET"]

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def ask(case):
        case.call_and_validate(checks=CHECKS, headers={"Accept-Encoding": "identity"})

    ask()
