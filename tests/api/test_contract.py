"""The contract is kept: what is answered is what the OpenAPI document promises, and it stays so."""

import json
import os
from pathlib import Path

import pytest
from django.apps import apps
from django.urls import reverse
from jsonschema_rs import validator_for
from wagtail.fields import StreamField

from api.registry import literal, registry
from home.models import CampaignPage

pytestmark = pytest.mark.django_db
SNAPSHOT = Path(__file__).with_name("openapi.json")
RENEW = "RENEW_OPENAPI=1 python3 run.py test tests/api/test_contract.py"


@pytest.fixture
def document(api):
    """Return the OpenAPI document."""
    return api.json("/openapi.json")


def breaks(old, new, path=""):
    """Yield what a client of the old contract would miss or stumble over in the new one."""
    if isinstance(old, dict) and isinstance(new, dict):
        for name in old.keys() - new.keys():
            if name not in {"description", "title", "examples", "default"}:
                yield f"{path}/{name} is gone"
        for name in old.keys() & new.keys():
            yield from breaks(old[name], new[name], f"{path}/{name}")
        for name in new.keys() - old.keys():
            if new[name] == {"required": True} or (path.endswith("parameters") and name):
                yield f"{path}/{name} is new"
    elif isinstance(old, list) and isinstance(new, list):
        if path.endswith(("/required", "/enum")):
            yield from (f"{path}: {value} is gone" for value in old if value not in new)
        elif path.endswith("/parameters"):
            yield from _parameter_breaks(old, new, path)
    elif old != new and not path.endswith(("/description", "/title", "/version", "/summary")):
        yield f"{path}: {old!r} is {new!r} now"


def _parameter_breaks(old, new, path):
    before, now = ({one["name"]: one for one in each} for each in (old, new))
    yield from (f"{path}/{name} is gone" for name in before.keys() - now.keys())
    for name in now.keys() - before.keys():
        if now[name]["required"]:
            yield f"{path}/{name} is required now"
    for name in before.keys() & now.keys():
        yield from breaks(before[name], now[name], f"{path}/{name}")


def test_the_contract_is_the_committed_one(document):
    if os.environ.get("RENEW_OPENAPI"):
        SNAPSHOT.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n")
    committed = json.loads(SNAPSHOT.read_text())
    broken = list(breaks(committed, document))
    assert not broken, "This breaks clients:\n" + "\n".join(broken)
    assert document == committed, f"The contract has grown. Have a look, then renew it: {RENEW}"


def test_a_break_is_noticed(document):
    changed = json.loads(json.dumps(document))
    schemas = changed["components"]["schemas"]
    del schemas["PostcardCard"]["properties"]["headline"]
    schemas["PostcardCard"]["required"].remove("color")
    schemas["ImpulseCard"]["properties"]["kind"]["enum"].remove("talk")
    del changed["paths"]["/api/v1/site"]
    found = list(breaks(document, changed))
    assert len(found) == 4, found
    assert list(breaks(document, document)) == []


def test_every_operation_documents_its_errors(document):
    for path in document["paths"].values():
        for operation in path.values():
            for status in ("400", "404", "405", "414", "422", "429"):
                assert "application/problem+json" in operation["responses"][status]["content"]
            assert operation["summary"].isascii()


def test_no_shape_is_a_tuple(document):
    assert "prefixItems" not in json.dumps(document)


# --- What is registered -------------------------------------------------------------------------


def test_every_page_type_is_in_the_api():
    models = {model for model in apps.get_models() if issubclass(model, CampaignPage)}
    assert registry.page_types.keys() == models


def streams():
    for model in registry.page_types:
        for field in model._meta.get_fields():
            if isinstance(field, StreamField):
                for name, block in field.stream_block.child_blocks.items():
                    yield pytest.param(name, block, id=f"{model.__name__}.{field.name}.{name}")


@pytest.mark.parametrize(("name", "block"), list(streams()))
def test_every_block_has_a_shape_of_its_name(name, block):
    assert literal(registry.block_schema(block)) == name


# --- What is answered ---------------------------------------------------------------------------


@pytest.fixture
def hold(document):
    """Return a function that holds JSON against a component of the contract."""

    def check(content, name):
        schema = {"$ref": f"#/components/schemas/{name}", "components": document["components"]}
        errors = [
            f"{'/'.join(map(str, error.instance_path))}: {error.message}"
            for error in validator_for(schema).iter_errors(content)
        ]
        assert not errors, "\n".join(errors)

    return check


def test_every_page_type_is_what_the_contract_says(api, rich, hold):
    answer = api.json("/pages?limit=100")
    hold(answer, "PageList")
    assert {item["type"] for item in answer["items"]} == set(registry.type_names())
    for item in answer["items"]:
        hold(api.json(f"/pages/{item['id']}"), "AnyPage")


def test_every_block_is_answered(api, rich):
    bodies = [api.json(f"/resolve?path={path}")["page"]["body"] for path in ("/", "/seite/")]
    answered = {block["type"] for body in bodies for block in body}
    assert answered == {literal(schema) for schema in registry.blocks.values()} - {"step"}
    assert api.json("/resolve?path=/impulse/ein-impuls/")["page"]["steps"][0]["type"] == "step"


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/site", "SiteSchema"),
        ("/departments", "DepartmentList"),
        ("/articles", "ArticleList"),
        ("/navigation", "Navigation"),
        ("/changes", "ChangeList"),
    ],
)
def test_the_others_are_what_the_contract_says(api, rich, hold, path, name):
    hold(api.json(path), name)


def test_the_law_is_answered_letter_for_letter(api, rich, article):
    [first] = [one for one in api.json("/articles")["items"] if one["number"] == "1"]
    assert first["paragraphs"][0]["text"] == article("1").paragraphs[0]["text"]
    assert first["citation"] == "Art.\u00a01\u00a0GG"


def test_the_documentation_has_an_address(client, rich):
    assert client.get(reverse("api:openapi-view")).status_code == 200
