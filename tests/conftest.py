"""What many tests stand on: the page tree, the law, a clean cache, and a folder for files."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from pytest_django.plugin import blocking_manager_key
from wagtail import hooks
from wagtail.models import Site

from home import roles
from home.models import Article
from tests.hiding import Places
from tests.sample import build_tree, find_tree
from tests.standing import standing


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item, nextitem):
    """Give back what migrations have written, after a test whose commits emptied the database.

    After the last test, there is no test database any more.
    """
    result = yield
    marker = item.get_closest_marker("django_db")
    if nextitem is not None and marker and marker.kwargs.get("transaction"):
        with item.config.stash[blocking_manager_key].unblock():
            creation = connection.creation
            creation.deserialize_db_from_string(connection._test_serialized_contents)
    return result


@pytest.fixture(autouse=True)
def own_files_and_empty_cache(settings, tmp_path):
    """Keep uploads, what is cached, and the last request's language inside of one test."""
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()
    translation.deactivate()
    yield
    cache.clear()


@pytest.fixture
def home(db):
    """Return the default site's root, as a new installation has it."""
    return Site.objects.get(is_default_site=True).root_page.specific


@pytest.fixture
def tree(request, home):
    """Return the page tree with its overviews: the standing one if the module has asked for it."""
    return find_tree(home) if "standing_tree" in request.fixturenames else build_tree()


@pytest.fixture(scope="module")
def standing_tree(django_db_setup, django_db_blocker):
    """Build the page tree once for all tests of a module, which asks for it with `usefixtures`."""
    with standing(django_db_blocker):
        build_tree()
        yield


@pytest.fixture
def places(standing_tree, home, client):
    """Return the standing tree as this test finds it, with a page that may show itself."""
    return Places(find_tree(home), client)


@pytest.fixture(scope="session")
def icons():
    """Return the names of the admin's icons."""
    files = []
    for register in hooks.get_hooks("register_icons"):
        files = register(files)
    return {file.rpartition("/")[2].removesuffix(".svg") for file in files}


@pytest.fixture
def article(db):
    """Return a function that looks an article up by its number."""
    return lambda number: Article.objects.get(number=number)


@pytest.fixture
def log_in(db, client, django_user_model):
    """Return a function that logs somebody of a role in, and returns their client."""
    roles.create_roles()

    def do(role):
        user = django_user_model.objects.create_user("mara")
        user.groups.add(Group.objects.get(name=role))
        client.force_login(user)
        return client

    return do


@pytest.fixture
def editor(log_in):
    """Return a client in which somebody of the editors' group is logged in."""
    return log_in(roles.EDITORS)


@pytest.fixture
def leader(log_in):
    """Return a client in which somebody of the leadership is logged in."""
    return log_in(roles.LEADERSHIP)
