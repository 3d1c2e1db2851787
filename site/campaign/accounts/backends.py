"""Signing in with a password, so that its time does not tell who has an account."""

from collections.abc import Iterator
from typing import Any

from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.userkit import filter_users_by_email, get_user_by_username


class PasswordBackend(AuthenticationBackend):
    """Names and addresses, like django-allauth's, which checks an address's password twice.

    Here each account that may be meant is asked once; for one that there is not, the base class
    hashes as often.
    """

    def _authenticate(self, request: Any, **credentials: Any) -> Any:
        password: str = credentials.get("password") or ""
        for user in self._meant(credentials):
            if self._check_password(user, password):
                return user
        return None

    def _meant(self, credentials: dict[str, Any]) -> Iterator[Any]:
        """Yield each account that somebody may mean, once."""
        seen: set[int] = set()
        for user in self._found(credentials):
            if user is not None and user.pk not in seen:
                seen.add(user.pk)
                yield user

    def _found(self, credentials: dict[str, Any]) -> Iterator[Any]:
        username, email = credentials.get("username"), credentials.get("email")
        for address in {username, email} - {None, ""}:
            yield from filter_users_by_email(address, prefer_verified=True, for_login=True)
        if username:
            yield get_user_by_username(username)
