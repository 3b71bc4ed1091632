"""TeX passages as safe HTML: text here, formulas left as marked source for a mathematics engine."""

from blueprint_app.export.prose.formulas import EngineMacro, engine_macros
from blueprint_app.export.prose.markup import Html
from blueprint_app.export.prose.prose import Prose

__all__ = ["EngineMacro", "Html", "Prose", "engine_macros"]
