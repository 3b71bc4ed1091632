# Makes the virtual environment and finds the system libraries. Sourced by ./run and ./check with $root set
# to the checkout. POSIX sh, because it must work before anything is installed. All output goes to stderr:
# what the command itself prints may be piped.

venv="$root/.venv"
lock_folder="$root/packaging"

# One line per library: its file name, then the Debian/Ubuntu package that holds it; where releases name the
# package differently, the newer name comes first. pygraphviz needs the first group, the window both: these are what
# the libraries of Qt and Chromium in the PySide6 wheels name as NEEDED (objdump -p).
core_libraries='
libglib-2.0.so.0 libglib2.0-0t64|libglib2.0-0
libX11.so.6 libx11-6
libXext.so.6 libxext6
libXrender.so.1 libxrender1'

window_libraries='
libGL.so.1 libgl1
libEGL.so.1 libegl1
libgbm.so.1 libgbm1
libfontconfig.so.1 libfontconfig1
libfreetype.so.6 libfreetype6
libdbus-1.so.3 libdbus-1-3
libexpat.so.1 libexpat1
libudev.so.1 libudev1
libgssapi_krb5.so.2 libgssapi-krb5-2
libnss3.so libnss3
libasound.so.2 libasound2t64|libasound2
libwayland-cursor.so.0 libwayland-cursor0
libwayland-egl.so.1 libwayland-egl1
libxkbcommon.so.0 libxkbcommon0
libxkbcommon-x11.so.0 libxkbcommon-x11-0
libX11-xcb.so.1 libx11-xcb1
libXcomposite.so.1 libxcomposite1
libXdamage.so.1 libxdamage1
libXfixes.so.3 libxfixes3
libXrandr.so.2 libxrandr2
libXtst.so.6 libxtst6
libxcb-cursor.so.0 libxcb-cursor0
libxcb-dri3.so.0 libxcb-dri3-0
libxcb-glx.so.0 libxcb-glx0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbfile.so.1 libxkbfile1'

say() {
    printf '%s\n' "$*" >&2
}

stop() {
    say "$@"
    exit 1
}

# --- Python -----------------------------------------------------------------------------------------------

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' >/dev/null 2>&1
}

can_make_environments() {
    "$1" -c 'import ensurepip, venv' >/dev/null 2>&1
}

# Prints the name of a Python 3.11 or newer; $PYTHON, where set, is the only candidate.
find_python() {
    if [ -n "${PYTHON:-}" ]; then
        is_new_enough "$PYTHON" && printf '%s\n' "$PYTHON"
        return
    fi
    for candidate in python3 python3.14 python3.13 python3.12 python3.11; do
        if is_new_enough "$candidate"; then
            printf '%s\n' "$candidate"
            return 0
        fi
    done
    return 1
}

# Prints the packages without which the environment for lock file $1 cannot be made; Debian ships venv apart
# from Python.
missing_python() {
    [ "$(uname -s)" = Linux ] && ! is_ready "$1" && ! is_usable || return 0
    if python=$(find_python); then
        case "$python" in
            */*) ;;
            *) can_make_environments "$python" || printf '%s\n' "$python-venv" ;;
        esac
    elif ! command -v "${PYTHON:-python3}" >/dev/null 2>&1; then
        printf '%s\n' python3 python3-venv
    fi
}

explain_missing_python() {
    if command -v "${PYTHON:-python3}" >/dev/null 2>&1; then
        stop "Blueprint Explorer needs Python 3.11 or newer, and ${PYTHON:-python3} is $("${PYTHON:-python3}" --version 2>&1)." \
            "Install a newer one (Ubuntu 22.04: sudo apt-get install -y python3.11 python3.11-venv)," \
            "or name one that is there: PYTHON=/path/to/python3.11 $0"
    fi
    stop "Blueprint Explorer needs Python 3.11 or newer, and ${PYTHON:-python3} was not found."
}

# --- system libraries -------------------------------------------------------------------------------------

# Prints the package entries (second column) of the libraries in $1 that the loader does not know.
# Where there is no ldconfig (macOS, musl) nothing is known to be missing.
missing_libraries() {
    [ "$(uname -s)" = Linux ] || return 0
    known=$(PATH="$PATH:/sbin:/usr/sbin" ldconfig -p 2>/dev/null) || return 0
    printf '%s\n' "$1" | while read -r file package; do
        case "$known" in
            *"$file "*) ;;
            *) [ -z "$file" ] || printf '%s\n' "$package" ;;
        esac
    done
}

# Without any font Qt draws every letter as a box.
missing_fonts() {
    [ "$(uname -s)" = Linux ] || return 0
    for folder in /usr/share/fonts /usr/local/share/fonts "${HOME:-/nonexistent}/.fonts" "${HOME:-/nonexistent}/.local/share/fonts"; do
        if [ -d "$folder" ] && [ -n "$(find -L "$folder" -name '*.[to]t[fc]' -print 2>/dev/null | head -n 1)" ]; then
            return 0
        fi
    done
    printf '%s\n' fontconfig fonts-dejavu-core
}

# Of "new-name|old-name" the first that this release can install; the last when its lists are empty.
choose_package() {
    rest=$1
    while [ "$rest" != "${rest#*|}" ]; do
        if apt-cache show "${rest%%|*}" >/dev/null 2>&1; then
            printf '%s\n' "${rest%%|*}"
            return 0
        fi
        rest=${rest#*|}
    done
    printf '%s\n' "$rest"
}

# Sets $as_root to what installs packages without a question, or fails.
find_root() {
    as_root=
    [ "$(id -u)" = 0 ] && return 0
    as_root="sudo -n"
    command -v sudo >/dev/null 2>&1 && sudo -n true >/dev/null 2>&1
}

# Installs the package entries given as arguments. Without the right to, prints the one line to paste and fails.
install_packages() {
    [ $# -gt 0 ] || return 0
    if ! command -v apt-get >/dev/null 2>&1; then
        say "These libraries are missing; install your system's packages for them: $*"
        return 1
    fi
    if find_root; then
        say "Installing system packages: $*"
        $as_root apt-get update -qq >&2 || say "The package lists could not be renewed; trying with those at hand."
        # shellcheck disable=SC2046  # package names hold no spaces
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qq -y --no-install-recommends \
            $(for entry in "$@"; do choose_package "$entry"; done) >&2 </dev/null && return 0
        say "apt-get could not install them."
    fi
    say "Some system packages are missing. Paste this line, then start again:"
    # shellcheck disable=SC2046
    say "sudo apt-get update && sudo apt-get install -y" $(for entry in "$@"; do choose_package "$entry"; done)
    return 1
}

# Makes sure that the system has what $1 ("core" or "window") and making the environment of lock file $2 need,
# all in one installation.
require_system() {
    missing="$(missing_python "$2") $(missing_libraries "$core_libraries")"
    if [ "$1" = window ]; then
        missing="$missing $(missing_libraries "$window_libraries") $(missing_fonts)"
    fi
    # shellcheck disable=SC2086  # a list of package names
    install_packages $missing || exit 1
}

# --- the virtual environment ------------------------------------------------------------------------------

# What the environment was made from: any change of it means that it must be looked at again. The place of
# the checkout counts too, as an environment does not survive being moved.
fingerprint() {
    {
        printf '%s\n' "$root" "$(readlink -f "$venv/bin/python" 2>/dev/null)"
        cat "$root/pyproject.toml" "$lock_folder/setup.sh" "$lock_folder/$1"
    } | cksum
}

is_ready() {
    [ -x "$venv/bin/python" ] && [ -f "$venv/.ready-$1" ] && [ "$(cat "$venv/.ready-$1")" = "$(fingerprint "$1")" ]
}

# Not usable: cut short while it was made, its Python gone or too old, or the checkout moved since.
is_usable() {
    is_new_enough "$venv/bin/python" && "$venv/bin/python" -m pip --version >/dev/null 2>&1 &&
        { [ ! -f "$venv/.made-in" ] || [ "$(cat "$venv/.made-in")" = "$root" ]; }
}

make_environment() {
    python=$(find_python) || explain_missing_python
    can_make_environments "$python" ||
        stop "$python cannot make virtual environments: its module venv or ensurepip is missing."
    say "Making a virtual environment with $("$python" --version 2>&1) in $venv"
    rm -rf -- "$venv"
    "$python" -m venv -- "$venv" >&2 || stop "The virtual environment could not be made in $venv."
    printf '%s\n' "$root" >"$venv/.made-in"
}

# Installs the pinned packages of lock file $1, then this checkout itself.
install_lock() {
    say "Installing the Python packages of packaging/$1 (some 300 MB the first time)"
    quiet=--quiet
    [ ! -t 2 ] || quiet=
    # shellcheck disable=SC2086  # $quiet is one option or none
    { "$venv/bin/python" -m pip install $quiet --disable-pip-version-check --no-input -r "$lock_folder/$1" &&
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --no-build-isolation \
            --editable "$root"; } >&2 ||
        stop "The Python packages could not be installed (see above). Once that is put right, start again: it goes on from here."
}

# Brings the environment to what lock file $1 says; costs a checksum when it is so already.
require_environment() {
    is_ready "$1" && return 0
    (
        # Two commands started at once must not write into one environment.
        if command -v flock >/dev/null 2>&1; then
            exec 9>"$root/.venv.lock"
            flock 9
            is_ready "$1" && exit 0
        fi
        is_usable || make_environment
        install_lock "$1"
        fingerprint "$1" >"$venv/.ready-$1"
    ) || exit 1
}
