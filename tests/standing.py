"""What stands for a whole module: built once, and taken back at the module's end."""

from contextlib import contextmanager

from django.core.cache import cache
from django.db import transaction
from django.utils import translation


@contextmanager
def standing(blocker):
    """Keep what is built inside until the module's last test, and then take it back.

    Around it stand only fixtures of a module. Each of its tests finds it as it was built, because
    a test takes back what it writes itself. Rows alone stand: a test reads its own objects of
    them, for an object remembers (permissions, relations) what another test has changed since.
    A module with a test that commits (`transaction=True`) cannot have it.
    """
    with blocker.unblock(), transaction.atomic():
        # As a single test begins: the one before may have left something.
        cache.clear()
        translation.deactivate()
        yield
        transaction.set_rollback(True)
    cache.clear()
