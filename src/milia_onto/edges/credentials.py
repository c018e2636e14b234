"""Secrets for a store: from the environment or a netrc file, and hidden in whatever is said.

No secret comes from an argument, and none leaves this module but in a request's header.
"""

from __future__ import annotations

import base64
import netrc
import os
from dataclasses import dataclass, field
from pathlib import Path

from milia_onto.model.errors import SurroundingsError, UsageError

PASSWORD = "MILIA_ONTO_PASSWORD"
TOKEN = "MILIA_ONTO_TOKEN"
NETRC = "NETRC"
HIDDEN = "***"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user with a password, or a bearer token, or neither."""

    user: str = ""
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    def __bool__(self) -> bool:
        return bool(self.user or self.token)

    def hide(self, text: str) -> str:
        """``text`` without our secrets, should a store repeat them."""
        basic = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        for secret in filter(None, (basic if self.user else "", self.password, self.token)):
            text = text.replace(secret, HIDDEN)
        return text


def credentials_for(host: str, user: str | None) -> Credentials:
    """The secrets for a host: of ``user``, else the token, else the host's line in netrc.

    Raises UsageError where a user has no password or a secret cannot be sent, SurroundingsError
    where the netrc file cannot be read.
    """
    token = os.environ.get(TOKEN, "")
    if user is None and token:
        return Credentials(token=_sendable(token, TOKEN))
    if user is not None and (not user or ":" in user or not user.isprintable()):
        # RFC 7617, 2: a user-id with a colon cannot be told from the password.
        raise UsageError("this user name cannot be sent", fix="a name has no colon in it")
    password = os.environ.get(PASSWORD, "") if user else ""
    if user and password:
        return Credentials(user, _sendable(password, PASSWORD))
    login, password = _from_netrc(host)
    if user and user != login:
        fix = f"set {PASSWORD}, or give {host} a line in ~/.netrc"
        raise UsageError(f"there is no password for the user {user}", fix=fix)
    return Credentials(login, password) if login else Credentials()


def _sendable(secret: str, name: str) -> str:
    if not secret.isprintable() or (name == TOKEN and not secret.isascii()):
        raise UsageError(f"{name} holds a character that cannot be sent", fix="set it anew")
    return secret


def _from_netrc(host: str) -> tuple[str, str]:
    """The login and password of a host, both empty where the file has no line for it."""
    named = os.environ.get(NETRC)
    path = Path(named) if named else Path.home() / ".netrc"
    if not named and not path.is_file():
        return "", ""
    try:
        found = netrc.netrc(path).authenticators(host)
    except (OSError, UnicodeDecodeError) as error:
        why = getattr(error, "strerror", None) or "is not UTF-8"
        raise SurroundingsError(
            f"cannot be read: {why}", place=str(path), fix="check the path and its rights"
        ) from None
    except netrc.NetrcParseError as error:
        # The parser's own words may quote the password.
        place = f"{path}:{error.lineno}"
        fix = "write: machine HOST login NAME password SECRET"
        raise SurroundingsError("is no netrc file", place=place, fix=fix) from None
    return (found[0], found[2]) if found else ("", "")
