; The installer for Windows, for Inno Setup 6; build.ps1 calls it. PREPARED, NOT YET RUN.
[Setup]
AppName=Blueprint Explorer
AppVersion={#Version}
AppPublisher=The authors of Blueprint Explorer
DefaultDirName={autopf}\Blueprint Explorer
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
ChangesAssociations=yes
LicenseFile=..\..\LICENSE
OutputDir=..\..\dist
OutputBaseFilename=Blueprint-Explorer-{#Version}-setup
SetupIconFile=..\..\build\frozen\blueprint-explorer.ico
UninstallDisplayIcon={app}\Blueprint Explorer.exe

[Files]
Source: "..\..\build\frozen\blueprint-explorer\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{autoprograms}\Blueprint Explorer"; Filename: "{app}\Blueprint Explorer.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.bpsnap"; ValueType: string; ValueData: "BlueprintSnapshot"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\BlueprintSnapshot"; ValueType: string; ValueData: "Blueprint snapshot"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\BlueprintSnapshot\shell\open\command"; ValueType: string; ValueData: """{app}\Blueprint Explorer.exe"" ""%1"""

[Run]
Filename: "{app}\Blueprint Explorer.exe"; Description: "Open Blueprint Explorer"; Flags: postinstall nowait skipifsilent
