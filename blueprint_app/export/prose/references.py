r"""What ``\ref`` and ``\cite`` print, and where they lead."""

from collections.abc import Mapping
from dataclasses import dataclass

from blueprint_app.export.prose.markup import Html, element, encoded, join, node_href, source_href, text
from blueprint_app.insight.references import EQUATION, NAMED, NUMBER, TITLE
from blueprint_app.model.blueprint import Blueprint, Landmark, Node, NodeId

CITATIONS = frozenset(
    [
        "cite", "citep", "citet", "citealp", "citealt", "citeauthor", "citeyear", "citeyearpar", "textcite",
        "parencite", "autocite", "footcite", "fullcite", "nocite", "Cite", "Citet", "Citep", "Textcite",
        "Parencite", "cites",
    ]
)  # fmt: skip
_EQUATIONS = frozenset([
    "row", "equation", "align", "gather", "multline", "flalign", "alignat", "eqnarray", "subequations",
    "displaymath", "split", "aligned",
])  # fmt: skip  # fmt: skip
_WORDS = {"enumi": "item", "enumii": "item", "enumiii": "item", "enumerate": "item", "figure": "figure"}


@dataclass(frozen=True, slots=True)
class Target:
    """What a label names: printed number, word for its kind, title, the link to it, its element on a page."""

    number: str
    caption: str
    title: str
    href: str
    is_equation: bool = False
    anchor: str | None = None


class References:
    """Looks labels and citation keys up in one blueprint."""

    def __init__(self, blueprint: Blueprint) -> None:
        self._labels = blueprint.labels
        self._landmarks = blueprint.landmarks
        self._citations = blueprint.references
        self._nodes: Mapping[NodeId, Node] = {node.id: node for node in blueprint.nodes}

    def target(self, label: str) -> Target | None:
        """What `label` names, or None where the blueprint has no such label."""
        label = " ".join(label.split())
        node = self._nodes.get(self._labels.get(label, NodeId(label)))
        if node is not None:
            return Target(node.number, node.caption, node.title, node_href(node.id))
        landmark = self._landmarks.get(label)
        return None if landmark is None else self._of_landmark(landmark)

    def _of_landmark(self, landmark: Landmark) -> Target:
        kind = landmark.kind.rstrip("*")
        is_equation = kind in _EQUATIONS
        if landmark.inside is not None:
            href = node_href(landmark.inside)
        else:
            href = source_href(landmark.place.file, landmark.place.line)
        caption = "Equation" if is_equation else _WORDS.get(kind, kind).capitalize()
        return Target(landmark.number, caption, landmark.title, href, is_equation, anchor_of(landmark.label))

    def equation_number(self, label: str) -> str | None:
        """The number printed beside the equation that `label` names, or None."""
        landmark = self._landmarks.get(" ".join(label.split()))
        if landmark is None or not landmark.number or landmark.kind.rstrip("*") not in _EQUATIONS:
            return None
        return landmark.number

    def is_landmark(self, label: str) -> bool:
        """Whether `label` names something that is no node."""
        return label in self._landmarks

    def printed(self, command: str, labels: str) -> str:
        """The plain text a reference prints, for use inside a formula."""
        return ", ".join(self._words(command, label.strip())[0] for label in labels.split(",") if label.strip())

    def link(self, command: str, labels: str) -> Html:
        """The links that a reference prints; labels that name nothing are marked."""
        if command in TITLE or command in NUMBER:
            wanted = [labels.strip()]
        else:
            wanted = [label.strip() for label in labels.split(",") if label.strip()]
        links = []
        for label in wanted:
            words, target = self._words(command, label)
            if target is None:
                reason = "no such label in this blueprint"
                links.append(element("span", text(words), class_="unresolved", title=reason))
            else:
                hint = f"{target.caption} {target.number}".strip() + (f": {target.title}" if target.title else "")
                links.append(_link(target, text(words), hint))
        if len(links) > 2:
            return Html(join(links[:-1], ", ") + text(" and ") + links[-1])
        return join(links, " and ")

    def named_link(self, label: str, words: Html) -> Html:
        r"""A link with words of the author's own (``\hyperref[label]{words}``)."""
        target = self.target(label)
        if target is None:
            return element("span", words, class_="unresolved", title=f"no such label in this blueprint: {label}")
        return _link(target, words)

    def citation(self, keys: str, note: Html) -> Html:
        r"""What ``\cite[note]{keys}`` prints."""
        marks = []
        for key in (key.strip() for key in keys.split(",")):
            reference = self._citations.get(key)
            if reference is None:
                marks.append(element("span", text(key), class_="unresolved", title="no such entry in the bibliography"))
            else:
                marks.append(element("cite", text(reference.mark or key), title=reference.text, tabindex="0"))
        inside = join(marks, ", ")
        return Html(text("[") + inside + (text(", ") + note if note else "") + text("]"))

    def cited(self, keys: str) -> str:
        """The plain text a citation prints, for use inside a formula."""
        known = [self._citations.get(key.strip()) for key in keys.split(",")]
        return "[" + ", ".join(entry.mark if entry else "?" for entry in known) + "]"

    def _words(self, command: str, label: str) -> tuple[str, Target | None]:
        target = self.target(label)
        if target is None:
            return f"{label}?" if label else "?", None
        number = target.number or target.title or label.rsplit(":", 1)[-1]
        if command in EQUATION or (target.is_equation and command in NAMED):
            number = f"({number})"
        if command in NAMED:
            return f"{target.caption} {number}".strip(), target
        if command in TITLE:
            return target.title or f"{target.caption} {number}".strip(), target
        return number, target


def anchor_of(label: str) -> str:
    """The id of the element that stands where `label` does."""
    return f"at-{encoded(label)}"


def _link(target: Target, words: Html, hint: str | None = None) -> Html:
    # Where the place stands on the same page, the page goes there and does not ask the app.
    return element("a", words, href=target.href, class_="reference", title=hint, data_at=target.anchor)
