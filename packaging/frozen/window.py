"""Where the frozen program starts."""

import multiprocessing
import os
import sys

# The bootloader points the loader at the bundle's own libraries, which this process has read by now. The programs that
# the app starts (git, lake, an editor) are the system's, and need the system's.
for _name in ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"):
    _before = os.environ.pop(f"{_name}_ORIG", None)
    os.environ.pop(_name, None)
    if _before is not None:
        os.environ[_name] = _before

if __name__ == "__main__":
    # The readers of large projects work in processes, which are this program started once more.
    multiprocessing.freeze_support()
    from blueprint_app.__main__ import main

    sys.exit(main())
