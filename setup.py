"""What pyproject.toml cannot say: the resources and samples beside the package belong inside it once installed."""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent


class BuildWithResources(build_py):
    """Copies the folders that the app reads from beside the package in a checkout."""

    def run(self) -> None:
        """Build the package, then add the folders; an editable install finds them where they are."""
        super().run()
        if self.editable_mode:
            return
        for folder in ("resources", "samples"):
            shutil.copytree(
                ROOT / folder,
                Path(self.build_lib) / "blueprint_app" / folder,
                ignore=shutil.ignore_patterns(".*", "web", "print", "lean_decls", "*.paux"),
                dirs_exist_ok=True,
            )


setup(cmdclass={"build_py": BuildWithResources})
