"""LaTeX titles as one plain line, for places where no mathematics can be typeset: nodes, tooltips, lists."""

import re
import unicodedata
from functools import cache, lru_cache

from blueprint_app.model.blueprint import Heading, Node
from blueprint_app.sources.tex.lexer import CLOSE, CONTROL, MATH, OPEN, PAR, TIE, Token, tokens_of

_SYMBOLS = {
    "to": "→", "rightarrow": "→", "Rightarrow": "⇒", "implies": "⇒", "iff": "⇔", "Leftrightarrow": "⇔", "mapsto": "↦",
    "hookrightarrow": "↪", "twoheadrightarrow": "↠", "leftarrow": "←", "in": "∈", "notin": "∉", "subset": "⊂",
    "subseteq": "⊆", "supset": "⊃", "cup": "∪", "cap": "∩", "setminus": "∖", "emptyset": "∅", "varnothing": "∅",
    "leq": "≤", "le": "≤", "geq": "≥", "ge": "≥", "neq": "≠", "ne": "≠", "equiv": "≡", "cong": "≅", "simeq": "≃",
    "sim": "∼", "approx": "≈", "times": "×", "otimes": "⊗", "oplus": "⊕", "cdot": "·", "circ": "∘", "ast": "∗",
    "star": "⋆", "pm": "±", "infty": "∞", "partial": "∂", "nabla": "∇", "sum": "∑", "prod": "∏", "int": "∫",
    "forall": "∀", "exists": "∃", "neg": "¬", "wedge": "∧", "vee": "∨", "ldots": "…", "dots": "…", "cdots": "⋯",
    "ell": "ℓ", "Re": "ℜ", "Im": "ℑ", "aleph": "ℵ", "dagger": "†", "prime": "′", "mid": "|", "vert": "|", "Vert": "‖",
    "langle": "⟨", "rangle": "⟩", "lfloor": "⌊", "rfloor": "⌋", "lceil": "⌈", "rceil": "⌉", "varepsilon": "ε",
    "varphi": "φ", "vartheta": "ϑ", "epsilon": "ϵ", "ss": "ß", "o": "ø", "O": "Ø", "l": "ł", "L": "Ł", "ae": "æ",
    "quad": " ", "qquad": " ", ",": " ", ";": " ", ":": " ", " ": " ", "\\": " ", "!": "", "{": "{", "}": "}",
    "%": "%", "&": "&", "#": "#", "_": "_", "$": "$", "|": "‖", "-": "", "/": "", "left": "", "right": "",
}  # fmt: skip
_SPACED = frozenset("→⇒⇔↦↪↠←∈∉⊂⊆⊃∪∩∖≤≥≠≡≅≃∼≈×⊗⊕∘∧∨")
_ACCENTS = {"'": "\u0301", "`": "\u0300", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304",
            "c": "\u0327", "v": "\u030c", "H": "\u030b", "r": "\u030a", "u": "\u0306", "k": "\u0328",
            "bar": "\u0304", "overline": "\u0304", "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303",
            "widetilde": "\u0303", "dot": "\u0307", "vec": "\u20d7"}  # fmt: skip
_ALPHABETS = {"mathbb": "DOUBLE-STRUCK", "mathcal": "SCRIPT", "mathscr": "SCRIPT", "mathfrak": "FRAKTUR"}
_RAISED = dict(zip("0123456789+-=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱ", strict=True))
_LOWERED = dict(zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True))
_SCRIPT = re.compile(r"([_^])(?:\ue000([^\ue000\ue001]*)\ue001|(\S))")
_NO_GROUPS = {0xE000: None, 0xE001: None}
_REFERENCES = {"ref", "cref", "Cref", "eqref", "autoref", "cite", "citep", "citet", "label", "footnote"}


def plain_heading(node: Node) -> str:
    """``Lemma 2.3 (Jensen bound)``; a node without a title goes by its short label: ``Lemma 2.4 jensen-cor``."""
    name = f"{node.caption} {node.number}".strip()
    title = plain_title(node.title)
    return f"{name} ({title})" if title else f"{name} {node.short_label}"


def numbered_title(heading: Heading) -> str:
    """``2 Shannon entropy``: a chapter or section as it is named in lists."""
    return f"{heading.number} {plain_title(heading.title)}".strip()


@cache
def _greek(name: str) -> str:
    case = "SMALL" if name[0].islower() else "CAPITAL"
    try:
        return unicodedata.lookup(f"GREEK {case} LETTER {name.upper()}".replace("LAMBDA", "LAMDA"))
    except KeyError:
        return ""


def _in_alphabet(alphabet: str, letter: str) -> str:
    case = "SMALL" if letter.islower() else "CAPITAL"
    for name in (f"{alphabet} {case} {letter.upper()}", f"BLACK-LETTER {case} {letter.upper()}"):
        for prefix in ("MATHEMATICAL ", ""):
            try:
                return unicodedata.lookup(prefix + name)
            except KeyError:
                continue
    return letter


@lru_cache(maxsize=1 << 16)
def plain_title(tex: str) -> str:
    """A title without its TeX: symbols as characters, small indices raised and lowered, the rest left out.

    What no single line can show is shown by its letters alone; never raises.
    """
    if not re.search(r"[\\${}~^_`']|--", tex):
        return " ".join(tex.split())
    # A group that is never closed ends with the title.
    text = _SCRIPT.sub(_indexed, _raw(tokens_of(tex), in_formula=False) + "\ue001")
    text = text.translate(_NO_GROUPS).replace("---", "—").replace("--", "–")
    text = text.replace("``", "“").replace("''", "”").replace("`", "‘")
    return unicodedata.normalize("NFC", " ".join(text.split()))


def _raw(tokens: list[Token], *, in_formula: bool) -> str:
    """The text of tokens, with private characters where groups begin and end, as indices need them."""
    parts: list[str] = []
    position = 0
    while position < len(tokens):
        token = tokens[position]
        position += 1
        if token.kind == CONTROL:
            position, text = _command(tokens, position, token.text, in_formula)
            parts.append(text)
        elif token.kind == MATH:
            in_formula = not in_formula
        elif token.kind in (OPEN, CLOSE):
            parts.append("\ue000" if token.kind == OPEN else "\ue001")
        else:
            parts.append(" " if token.kind in (PAR, TIE) else token.text)
    return "".join(parts)


def _command(tokens: list[Token], position: int, name: str, in_formula: bool) -> tuple[int, str]:
    """The text of a command, and where reading goes on."""
    if name in _ALPHABETS or name in _ACCENTS:
        position, argument = _argument(tokens, position)
        argument = argument.translate(_NO_GROUPS)
        if name in _ALPHABETS:
            return position, "".join(_in_alphabet(_ALPHABETS[name], letter) for letter in argument)
        return position, argument[:1] + _ACCENTS[name] + argument[1:] if len(argument.strip()) == 1 else argument
    if name == "texorpdfstring":
        # Its second argument is the plain line that we are after.
        position, _ = _argument(tokens, position)
        return _argument(tokens, position)
    if name in _REFERENCES:
        position, argument = _argument(tokens, position)
        return position, "" if name in ("label", "footnote") else f"[{argument}]"
    if name in _SYMBOLS:
        symbol = _SYMBOLS[name]
        return position, f" {symbol} " if symbol in _SPACED else symbol
    greek = _greek(name) if name.isalpha() else ""
    if greek:
        return position, greek
    # An unknown command in a formula (\log, a project's macro) is best known by its name; one before a group,
    # or in text (\emph), only says how to print what follows.
    has_group = position < len(tokens) and tokens[position].kind == OPEN
    return position, "" if has_group or not in_formula or len(name) == 1 else f"{name} "


def _argument(tokens: list[Token], position: int) -> tuple[int, str]:
    if position >= len(tokens):
        return position, ""
    if tokens[position].kind != OPEN:
        # The argument is one character; what stands behind it in the same token goes on as text.
        token = tokens[position]
        if token.kind == CONTROL:
            return position + 1, {"i": "i", "j": "j"}.get(token.text) or _SYMBOLS.get(token.text) or _greek(token.text)
        tokens[position] = token._replace(text=token.text[1:])
        return position, token.text[:1]
    depth, end = 1, position + 1
    while end < len(tokens) and depth:
        depth += {OPEN: 1, CLOSE: -1}.get(tokens[end].kind, 0)
        end += 1
    return end, _raw(tokens[position + 1 : end - 1 if not depth else end], in_formula=True)


def _indexed(match: re.Match[str]) -> str:
    sign, group, single = match.groups()
    inner = (group if group is not None else single).strip()
    table = _RAISED if sign == "^" else _LOWERED
    if inner and all(character in table for character in inner):
        return "".join(table[character] for character in inner)
    return f"{sign}({inner})" if len(inner) > 1 else sign + inner
