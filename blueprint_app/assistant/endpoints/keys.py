"""Where keys come from: the environment or the system's keyring, looked up for each call and kept nowhere else."""

import os
import re
from types import ModuleType

from blueprint_app.assistant.endpoints.endpoint import Endpoint
from blueprint_app.assistant.endpoints.errors import ModelError, Trouble

SERVICE = "blueprint-explorer"
"""What the entries are filed under in the keyring."""

_SOURCE = re.compile(r"|env:[A-Za-z_]\w{0,99}|keyring:[^\x00-\x1f\x7f]{1,100}", re.ASCII)
_TOKEN = re.compile(
    # What the keys of the known services begin with, or else one long run of letters with several digits.
    r"""(?<![A-Za-z0-9])(?:sk|pk|rk|gsk|hf|xai|nvapi|ghp|gho|glpat|pplx|fw|r8|key|bearer)[-_\ ][A-Za-z0-9_-]{12,}
    |AIza[\w-]{20,}|eyJ[\w-]{16,}
    |(?=[A-Za-z]*\d[A-Za-z]*\d[A-Za-z]*\d)[A-Za-z0-9]{28,}
    |[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}""",
    re.VERBOSE | re.IGNORECASE,
)


class KeyMissingError(ModelError):
    """There is no key where the endpoint's settings say that it is kept."""

    def __init__(self, what_happened: str, what_to_do: str) -> None:
        super().__init__(Trouble.WRONG_KEY, what_happened, what_to_do)


def is_key_source(text: str) -> bool:
    """Whether `text` says where a key is kept, as `Endpoint.key` does, and does not look like a key itself."""
    return _SOURCE.fullmatch(text) is not None and not looks_like_a_key(text)


def looks_like_a_key(text: str) -> bool:
    """Whether something in `text` has the form of a key. A guess: it is there to stop slips, not to keep secrets."""
    return _TOKEN.search(text) is not None


def key_of(endpoint: Endpoint) -> str | None:
    """The endpoint's key, None if it needs none; the keyring may ask to be unlocked. Raises `KeyMissingError`."""
    if not endpoint.key:
        return None
    if not is_key_source(endpoint.key):
        raise KeyMissingError(
            f"The settings of {endpoint.name} do not say where its key is kept.",
            "Name an environment variable (env:NAME) or an entry of the system keyring (keyring:NAME).",
        )
    place, _, name = endpoint.key.partition(":")
    found = _in_environment(name, endpoint) if place == "env" else _in_keyring(name, endpoint)
    return _usable(found, endpoint)


def keep_key(name: str, key: str) -> None:
    """Put a key into the system's keyring, where ``keyring:NAME`` finds it. Raises `KeyMissingError`."""
    keyring = _system_keyring()
    try:
        keyring.set_password(SERVICE, name, key.strip())
    except (keyring.errors.KeyringError, RuntimeError) as error:
        raise _keyring_trouble(type(error).__name__) from None


def forget_key(name: str) -> None:
    """Take a key out of the system's keyring; nothing happens if it is not there. Raises `KeyMissingError`."""
    keyring = _system_keyring()
    try:
        keyring.delete_password(SERVICE, name)
    except keyring.errors.PasswordDeleteError:
        return
    except (keyring.errors.KeyringError, RuntimeError) as error:
        raise _keyring_trouble(type(error).__name__) from None


def has_keyring() -> bool:
    """Whether there is a system keyring to keep keys in."""
    try:
        _system_keyring()
    except KeyMissingError:
        return False
    return True


def _in_environment(name: str, endpoint: Endpoint) -> str:
    found = os.environ.get(name, "").strip()
    if not found:
        raise KeyMissingError(
            f"The environment variable {name}, which holds the key of {endpoint.name}, is not set.",
            "Set it before the app starts, or keep the key in the system keyring.",
        )
    return found


def _in_keyring(name: str, endpoint: Endpoint) -> str:
    keyring = _system_keyring()
    try:
        found = keyring.get_password(SERVICE, name)
    except (keyring.errors.KeyringError, RuntimeError) as error:
        raise _keyring_trouble(type(error).__name__) from None
    if not found:
        raise KeyMissingError(
            f"The system keyring holds no key {name} for {endpoint.name}.",
            "Enter the key in the settings of models.",
        )
    return str(found).strip()


def _system_keyring() -> ModuleType:
    """The keyring package, imported when it is first needed.

    Backends that are not recommended keep passwords in plain files: that is what this is to avoid.
    """
    import keyring
    import keyring.core
    import keyring.errors

    if not keyring.core.recommended(keyring.get_keyring()):
        raise _keyring_trouble("there is none")
    return keyring


def _keyring_trouble(reason: str) -> KeyMissingError:
    return KeyMissingError(
        f"The system keyring cannot be used ({reason}).",
        "Unlock or start it, or set an environment variable and name that (env:NAME).",
    )


def _usable(key: str, endpoint: Endpoint) -> str:
    """A key as it can go into a header."""
    if not key.isascii() or not key.isprintable() or " " in key:
        raise KeyMissingError(
            f"What is kept as the key of {endpoint.name} holds characters that no key has.", "Enter the key anew."
        )
    return key
