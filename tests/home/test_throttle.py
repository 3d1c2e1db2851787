"""A form takes so much from one sender, and no more."""

import pytest

from home import throttle
from home.throttle import Throttle, client_address


@pytest.fixture
def clock(monkeypatch):
    """Return the time, which tests may change."""
    now = [1_000_000.0]
    monkeypatch.setattr(throttle.time, "time", lambda: now[0])
    return now


def test_so_many_and_no_more(clock):
    form = Throttle("form", limit=2, seconds=60)
    assert [form.take("a"), form.take("a")] == [0, 0]
    assert 0 < form.take("a") <= 60


def test_each_key_and_each_form_counts_for_itself(clock):
    form, other = Throttle("form", limit=1, seconds=60), Throttle("other", limit=1, seconds=60)
    assert [form.take(1), form.take(2), other.take(1)] == [0, 0, 0]


def test_it_says_when_to_try_again_and_means_it(clock):
    form = Throttle("form", limit=1, seconds=60)
    form.take("a")
    clock[0] += form.take("a")
    assert form.take("a") == 0


def test_a_limit_of_none_lets_nobody_through(clock):
    assert Throttle("form", limit=0, seconds=60).take("a") == 60


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "192.0.2.9", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "192.0.2.9", "192.0.2.9"),
        (1, "192.0.2.8, 192.0.2.9", "192.0.2.9"),
        (2, "192.0.2.7, 192.0.2.8,192.0.2.9", "192.0.2.8"),
        (2, "192.0.2.9", "192.0.2.9"),
    ],
)
def test_a_proxys_word_counts_where_there_is_one(rf, settings, proxies, forwarded, address):
    settings.NINJA_NUM_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(rf.get("/", headers=headers)) == address
