"""What outside programs may know of ours: an allowlist, as keys and passwords are kept in environment variables."""

import os
import re
from collections.abc import Mapping

_ALLOWED = re.compile(
    r"""PATH|HOME|USER|LOGNAME|LANG|LANGUAGE|LC_\w+|TZ|TMPDIR|TEMP|TMP|TERM|XDG_CACHE_HOME|XDG_DATA_HOME|XDG_RUNTIME_DIR
    |SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|PATHEXT|USERPROFILE|LOCALAPPDATA|APPDATA|PROGRAMFILES|NUMBER_OF_PROCESSORS
    |ELAN_HOME|ELAN_TOOLCHAIN|LEAN_NUM_THREADS|LEAN_WASM_NODE|LD_LIBRARY_PATH|DYLD_LIBRARY_PATH""",
    re.VERBOSE,
)

_NETWORK = re.compile(
    r"""HTTP_PROXY|HTTPS_PROXY|ALL_PROXY|NO_PROXY|SSL_CERT_FILE|SSL_CERT_DIR|CURL_CA_BUNDLE|NODE_EXTRA_CA_CERTS
    |SSH_AUTH_SOCK|GIT_SSL_CAINFO|MATHLIB_CACHE_DIR|LAKE_CACHE_DIR|LAKE_ARTIFACT_CACHE""",
    re.VERBOSE,
)
"""What a build needs besides to fetch packages."""


def program_environment(network: bool = False, own: Mapping[str, str] | None = None) -> dict[str, str]:
    """The variables that a program is started with; `network` adds those that say how to reach other machines.

    `own` are the variables to choose from, those of this process if not given. Output is UTF-8, and git neither asks
    for a password nor runs a pager.
    """
    source = os.environ if own is None else own
    allowed = {name: value for name, value in source.items() if _is_allowed(name.upper(), network)}
    fixed = {"GIT_TERMINAL_PROMPT": "0", "GIT_OPTIONAL_LOCKS": "0", "GIT_PAGER": "cat", "LAKE_NO_ANSI": "1"}
    return {"LC_ALL": "C.UTF-8"} | allowed | fixed


def _is_allowed(name: str, network: bool) -> bool:
    return _ALLOWED.fullmatch(name) is not None or (network and _NETWORK.fullmatch(name) is not None)
