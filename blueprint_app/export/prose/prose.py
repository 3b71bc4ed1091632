"""The one door to the conversion: a blueprint in, its passages as markup out."""

from blueprint_app.export.prose.converter import Converter
from blueprint_app.export.prose.formulas import EngineMacro, engine_macros
from blueprint_app.export.prose.markup import Html
from blueprint_app.export.prose.references import References
from blueprint_app.model.blueprint import Blueprint


class Prose:
    """Converts the passages of one blueprint, with its macros, labels and bibliography at hand.

    The markup is safe by construction: every text is escaped, links lead to nodes, source places
    or web addresses only, and nothing in it loads anything. Formulas stand in it as their source,
    in elements of class ``formula`` (and ``display``). What cannot be rendered shows its source in
    an element of class ``unrendered`` whose title says why.
    """

    def __init__(self, blueprint: Blueprint) -> None:
        self._references = References(blueprint)
        self._macros = {macro.name: macro for macro in blueprint.macros}
        self.engine_macros: dict[str, EngineMacro] = engine_macros(blueprint.macros)

    def passage(self, tex: str) -> Html:
        """A statement or proof as paragraphs and blocks."""
        return Converter(tex, self._references, self._macros).document()

    def line(self, tex: str) -> Html:
        """A title on one line."""
        return Converter(tex, self._references, self._macros).title()
