"""Where on this machine the program keeps what belongs to the user and not to a project."""

from pathlib import Path

_PROGRAM = "blueprint-explorer"


def cache_folder() -> Path:
    """What can be computed again."""
    import platformdirs

    return Path(platformdirs.user_cache_dir(_PROGRAM, appauthor=False))


def config_folder() -> Path:
    """What the user has set."""
    import platformdirs

    return Path(platformdirs.user_config_dir(_PROGRAM, appauthor=False))


def state_folder() -> Path:
    """What is remembered from one start to the next."""
    import platformdirs

    return Path(platformdirs.user_state_dir(_PROGRAM, appauthor=False))


def log_folder() -> Path:
    """What went wrong."""
    import platformdirs

    return Path(platformdirs.user_log_dir(_PROGRAM, appauthor=False))
