"""Keeps what is set about models in ``models.yaml``: only what differs from the defaults, and never a key."""

import contextlib
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from blueprint_app.assistant.endpoints.endpoint import Endpoint, ModelSettings, Price, RoleModel
from blueprint_app.assistant.endpoints.keys import is_key_source, looks_like_a_key
from blueprint_app.assistant.endpoints.settings_form import settings_from
from blueprint_app.model.errors import BlueprintError
from blueprint_app.user_folders import config_folder

_HEADER = (
    "# Model servers, as set in Blueprint Explorer. Keys are never kept here; `key` names where one is kept:\n"
    "# env:NAME (an environment variable) or keyring:NAME (the system keyring).\n"
)


def settings_path() -> Path:
    """Where the settings of models are kept for this user."""
    return config_folder() / "models.yaml"


def read_model_settings(path: Path | None = None) -> ModelSettings:
    """The settings as far as the file can be understood; `problems` tells what was left out. Never raises."""
    path = path or settings_path()
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return ModelSettings()
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        return _unreadable(path, f"it is no YAML, line {line}")
    except OSError as error:
        return _unreadable(path, error.strerror or "the disk fails")
    except (ValueError, yaml.YAMLError, RecursionError):
        return _unreadable(path, "it is no YAML")
    return settings_from(data)


def write_model_settings(settings: ModelSettings, path: Path | None = None) -> None:
    """Write the settings; another process never sees half of them.

    A file that could not be read in full is kept beside it under another name. Raises `BlueprintError` if a value
    looks like a key (nothing is written), or if the disk fails.
    """
    path = path or settings_path()
    _refuse_keys(settings)
    text = _HEADER + yaml.safe_dump(form_of(settings), allow_unicode=True, sort_keys=False, width=120)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if read_model_settings(path).problems:
            os.replace(path, _free_name(path))
        _write(path, text)
    except OSError as error:
        raise BlueprintError(
            f"The settings of models cannot be written to {path}: {error.strerror}.",
            "Make room, or allow writing there.",
        ) from error


def form_of(settings: ModelSettings) -> dict[str, Any]:
    """The settings as they stand in the file."""
    roles = {role.value: _overrides(model, RoleModel("", "")) for role, model in settings.roles.items()}
    form = {
        "endpoints": [_endpoint_form(endpoint) for endpoint in settings.endpoints],
        "roles": roles,
        "embedder": _overrides(settings.embedder, RoleModel("", "")) if settings.embedder is not None else None,
        "consented": sorted(settings.consented),
    }
    return {name: value for name, value in form.items() if value}


def _endpoint_form(endpoint: Endpoint) -> dict[str, Any]:
    form = _overrides(endpoint, Endpoint("", ""))
    if endpoint.prices:
        form["prices"] = {model: _overrides(price, Price(-1, -1)) for model, price in endpoint.prices.items()}
    return form


def _overrides(value: Endpoint | RoleModel | Price, default: Endpoint | RoleModel | Price) -> dict[str, Any]:
    """The fields that differ from the default's, in the words of the file."""
    found = {name: getattr(value, name) for name in value.__slots__ if getattr(value, name) != getattr(default, name)}
    return {name: str(field) if isinstance(field, str) else field for name, field in found.items()}


def _refuse_keys(settings: ModelSettings) -> None:
    sources = all(is_key_source(endpoint.key) for endpoint in settings.endpoints)
    if not sources or any(looks_like_a_key(text) for text in _texts(form_of(settings))):
        raise BlueprintError(
            "One of the values looks like a key, and keys are not written to files.",
            "Enter it as a key, so that the system keyring keeps it, or name an environment variable (env:NAME).",
        )


def _texts(value: object) -> list[str]:
    """All texts in a form, names of fields too."""
    if isinstance(value, Mapping):
        return [text for name, part in value.items() for text in (str(name), *_texts(part))]
    if isinstance(value, list):
        return [text for part in value for text in _texts(part)]
    return [value] if isinstance(value, str) else []


def _unreadable(path: Path, reason: str) -> ModelSettings:
    return ModelSettings(problems=(f"The settings of models in {path} cannot be read ({reason}); none are used.",))


def _free_name(path: Path) -> Path:
    """A name for a damaged file that no earlier one has."""
    number = 1
    while (free := path.with_name(f"{path.name}.damaged-{number}")).exists():
        number += 1
    return free


def _write(path: Path, text: str) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".models-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.replace(temporary, path)
    except OSError:
        with contextlib.suppress(OSError):
            os.unlink(temporary)
        raise
