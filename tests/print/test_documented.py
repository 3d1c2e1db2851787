"""The print core can be used from its documentation alone: all of it is described and typed."""

import importlib
import inspect
import pkgutil
import subprocess
import sys
from dataclasses import is_dataclass

import pytest

from postcards import print as core
from tests.print.cards import ROOT

MODULES = [
    importlib.import_module(f"{core.__name__}.{one.name}")
    for one in pkgutil.iter_modules(core.__path__)
]


def public(thing):
    """Yield the public functions and classes of a module, or the methods of a class."""
    for name, member in vars(thing).items():
        inner = getattr(member, "fget", member)
        inner = inner.__func__ if isinstance(inner, (classmethod, staticmethod)) else inner
        inner = inspect.unwrap(inner) if callable(inner) else inner
        own = getattr(inner, "__module__", None) == getattr(thing, "__module__", thing.__name__)
        if (
            not name.startswith("_")
            and own
            and (inspect.isfunction(inner) or inspect.isclass(inner))
        ):
            yield inner


def documented(module):
    """Return all that is public in a module, by name."""
    things = list(public(module))
    methods = [method for thing in things if inspect.isclass(thing) for method in public(thing)]
    return {thing.__qualname__: thing for thing in (*things, *methods)}


@pytest.fixture(params=MODULES, ids=lambda module: module.__name__.rpartition(".")[2])
def module(request):
    return request.param


def test_the_core_is_whole():
    names = {
        f"{module.__name__.rpartition('.')[2]}.{name}"
        for module in MODULES
        for name in documented(module)
    }
    assert len(MODULES) == 15
    assert {"render.render", "preflight.check_press", "worker.run", "photos.prepare"} < names
    assert {"imposition.Sheet.page", "imposition.Sheet.cell", "card.CardData.size"} < names


def test_every_module_says_what_it_is_for(module):
    assert module.__doc__.strip().split("\n")[0].endswith((".", ":"))


def test_everything_public_is_described(module):
    for name, thing in documented(module).items():
        # A dataclass without words of its own has its signature there.
        assert not (thing.__doc__ or "").startswith(f"{thing.__name__}("), name
        assert (thing.__doc__ or "").strip(), name


def test_every_parameter_and_result_is_typed(module):
    for name, thing in documented(module).items():
        if inspect.isfunction(thing):
            signature = inspect.signature(thing)
            kinds = [one.annotation for own, one in signature.parameters.items() if own != "self"]
            assert inspect.Parameter.empty not in [*kinds, signature.return_annotation], name


def test_data_does_not_change(module):
    for name, thing in documented(module).items():
        if is_dataclass(thing):
            assert thing.__dataclass_params__.frozen, name


def test_the_core_needs_no_django():
    program = (
        "import sys; import postcards.print.worker, postcards.print.preflight; "
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, check=False)
    assert done.returncode == 0
