"""What pyproject.toml cannot say: what lies beside the package and belongs into a wheel."""

import shutil
import subprocess
import sys
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).resolve().parent
LINUX = "packaging/linux"
# What the app reads from beside the package in a checkout, and where it is within the package of a wheel.
FOLDERS = {
    "resources": "resources",
    "samples": "samples",
    "docs/guide": "guide",
    "docs/reference": "reference",
    "docs/images/guide": "images/guide",
}
# Where a desktop looks for them, below the prefix that a wheel is installed into.
DESKTOP_FILES = {
    "share/applications": f"{LINUX}/blueprint-explorer.desktop",
    "share/icons/hicolor/scalable/apps": "resources/icons/blueprint-explorer.svg",
    "share/metainfo": f"{LINUX}/org.blueprint_explorer.BlueprintExplorer.metainfo.xml",
    "share/mime/packages": f"{LINUX}/blueprint-explorer-mime.xml",
}


class BuildWithResources(build_py):
    """Copies the folders."""

    def run(self) -> None:
        """Build the package, then add the folders; an editable install finds them where they are."""
        super().run()
        if self.editable_mode:
            return
        for folder, place in FOLDERS.items():
            shutil.copytree(
                ROOT / folder,
                Path(self.build_lib) / "blueprint_app" / place,
                ignore=shutil.ignore_patterns(".*", "web", "print", "lean_decls", "*.paux"),
                dirs_exist_ok=True,
            )


def manual_page() -> dict[str, str]:
    """The manual page, written now, and where it goes."""
    page = "build/blueprint-explorer.1"
    (ROOT / "build").mkdir(exist_ok=True)
    subprocess.run([sys.executable, "packaging/manual_page.py", page], cwd=ROOT, check=True)
    return {"share/man/man1": page}


data = {**DESKTOP_FILES, **manual_page()}
setup(cmdclass={"build_py": BuildWithResources}, data_files=[(folder, [file]) for folder, file in data.items()])
