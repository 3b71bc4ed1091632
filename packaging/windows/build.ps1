# Builds dist\Blueprint-Explorer-VERSION-setup.exe on Windows. Needs Python 3.11 or newer, Inno Setup 6 (ISCC on the PATH),
# and a network for pip. PREPARED, NOT YET RUN: nobody of the project has a Windows machine at hand.
$ErrorActionPreference = "Stop"
Set-Location (Join-Path $PSScriptRoot "..\..")

function Invoke-Checked { & $args[0] $args[1..($args.Length)]; if ($LASTEXITCODE) { throw "$($args[0]) failed" } }

if (-not (Test-Path build\environment\Scripts\python.exe)) { Invoke-Checked py -3 -m venv build\environment }
$python = "build\environment\Scripts\python.exe"
Invoke-Checked $python -m pip install --quiet -r packaging\requirements.txt -r packaging\requirements-build.txt
Invoke-Checked $python packaging\frozen\render_icon.py build\frozen\blueprint-explorer.ico
Invoke-Checked $python -m PyInstaller --noconfirm --log-level WARN --distpath build\frozen --workpath build\work `
    packaging\frozen\blueprint-explorer.spec
Invoke-Checked $python packaging\smoke-test build\frozen\blueprint-explorer\blueprint-explorer.exe

$version = (Select-String -Path blueprint_app\__init__.py -Pattern '^__version__ = "(.*)"').Matches[0].Groups[1].Value
Invoke-Checked ISCC "/DVersion=$version" packaging\windows\setup.iss
