"""One node's page: all that is known of it, in reading order, as one piece of markup."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from blueprint_app.export.prose.formulas import EngineMacro
from blueprint_app.export.prose.markup import (
    EMPTY,
    Html,
    copy_href,
    element,
    join,
    node_href,
    source_href,
    text,
    web_href,
)  # fmt: skip
from blueprint_app.export.prose.prose import Prose
from blueprint_app.insight.graph.inferred import Ground, Inferred
from blueprint_app.model.blueprint import ListCommand, Node, NodeId, Passage, Reading
from blueprint_app.model.headline import Headline
from blueprint_app.model.place import Place
from blueprint_app.model.snapshot import Snapshot

CHIPS = 24
"""How many nodes of one list are shown before the rest is folded."""

_MEANING = {
    Headline.CONTRADICTED: "declared done, but Lean says otherwise",
    Headline.NOT_READY: "the author marks it as not ready",
    Headline.INFORMAL: "text only, nothing is claimed in Lean",
    Headline.AI_DRAFTED: "drafted by a model, and nobody has vouched for it",
    Headline.STATED: "the statement is in Lean, its proof is not",
    Headline.CLAIMED: "declared done; Lean was not asked",
    Headline.FORMALISED: "found in Lean without sorry; Lean was not asked",
    Headline.LEAN_VERIFIED: "Lean was asked: no sorry, only allowed axioms",
    Headline.FULLY_VERIFIED: "Lean was asked, and so for all that it rests on",
    Headline.IN_MATHLIB: "part of Mathlib",
}


@dataclass(frozen=True, slots=True)
class PageContent:
    """A page ready to be shown: which node, its heading in plain text, the markup, the engine's macros."""

    node: str
    heading: str
    html: Html
    macros: Mapping[str, EngineMacro]


def page_of(
    snapshot: Snapshot,
    node_id: NodeId,
    *,
    why: Sequence[str] = (),
    prose: Prose | None = None,
    extra: Sequence[tuple[str, Html]] = (),
    inferred: Inferred | None = None,
    foot: Html = EMPTY,
) -> PageContent:
    """The page of one node; KeyError where the snapshot has no such node.

    `why` is the answer to "why this colour?", one sentence each; `prose` may be kept between
    pages of one blueprint; `extra` are further sections, title and content, shown before the facts;
    `inferred` are uses that nobody wrote, listed apart from those that the author did; `foot` stands below all.
    """
    prose = prose or Prose(snapshot.blueprint)
    node = snapshot.nodes[node_id]
    page = _Page(snapshot, node, prose, inferred)
    parts = [
        page.header(),
        page.statement(),
        *page.proofs(),
        *page.relations(),
        *(_section(title, content) for title, content in extra),
        page.facts(),
        page.why(why),
        foot,
    ]
    html = element("article", *parts, class_="node", aria_label=node.heading)
    return PageContent(node.id, node.heading, html, prose.engine_macros)


def slug(headline: Headline) -> str:
    """A headline's name in the style sheet."""
    return headline.name.lower().replace("_", "-")


@dataclass(frozen=True, slots=True)
class _Page:
    """The parts of a node's page."""

    snapshot: Snapshot
    node: Node
    prose: Prose
    inferred: Inferred | None = None

    def header(self) -> Html:
        node = self.node
        name = f"{node.caption} {node.number}".strip()
        title = self.prose.line(node.title) if node.title else EMPTY
        above = [element("span", text(name), class_="name")] if title else []
        label = element("a", text(node.id), href=copy_href(node.id), class_="label", title="copy the label")
        headline = self.snapshot.headlines[node.id]
        badge = element("span", _mark(headline), text(headline.value), class_=f"badge headline-{slug(headline)}")
        return element(
            "header",
            element("p", *self._path(), class_="path") if node.path else EMPTY,
            element("p", *above, text(" "), label, class_="kind"),
            element("h1", title or text(name)),
            element("p", badge, text(" "), element("span", text(_MEANING[headline]), class_="meaning"), class_="state"),
        )

    def _path(self) -> list[Html]:
        headings = {heading.key: heading for heading in self.snapshot.blueprint.headings}
        steps = []
        for key in self.node.path:
            heading = headings.get(key)
            if heading is not None:
                number = text(heading.number + " ") if heading.number else EMPTY
                href = source_href(heading.place.file, heading.place.line)
                steps.append(element("a", number, self.prose.line(heading.title), href=href, title=heading.level))
        return [join(steps, " › ")]

    def statement(self) -> Html:
        content = self.prose.passage(_body(self.node.statement.tex, self.node.title))
        shown = content or element("p", text("The statement is empty."), class_="empty")
        return element("section", shown, class_="statement prose", aria_label="Statement")

    def proofs(self) -> list[Html]:
        node = self.node
        if node.proof is None:
            missing = node.kind != "definition"
            return [element("p", text("No proof is written."), class_="empty")] if missing else []
        shown = [self._proof(node.proof, "Proof", "proof")]
        shown += [
            self._proof(spare, "Another proof, replaced by the last", "proof spare") for spare in node.spare_proofs
        ]
        return shown

    def _proof(self, proof: Passage, word: str, class_: str) -> Html:
        content = self.prose.passage(proof.tex) or element("p", text("The proof is empty."), class_="empty")
        flag = element("code", text("\\leanok"), class_="flag") if proof.is_leanok else EMPTY
        summary = element("summary", element("h2", text(word)), flag)
        return element("details", summary, element("div", content, class_="prose"), class_=class_)

    def relations(self) -> list[Html]:
        snapshot, node = self.snapshot, self.node
        in_statement, in_proof = snapshot.statement_uses[node.id], snapshot.proof_uses[node.id]
        users = snapshot.used_by[node.id]
        stating = [user for user in users if node.id in snapshot.statement_uses[user]]
        proving = [user for user in users if node.id not in snapshot.statement_uses[user]]
        uses = [
            self._nodes("in the statement", in_statement, self._unresolved(node.statement)),
            self._nodes("in the proof", in_proof, self._unresolved(node.proof)),
        ]
        used = [self._nodes("in statements", stating), self._nodes("in proofs", proving)]
        nothing = ("It rests on nothing else.", "Nothing rests on it yet.")
        if not snapshot.whole.edges:
            nothing = ("The blueprint says nowhere what uses what.",) * 2
        if self.inferred is not None:
            uses += self._inferred([(other, (other, node.id)) for other in self.inferred.uses.get(node.id, ())])
            used += self._inferred([(other, (node.id, other)) for other in self.inferred.used_by.get(node.id, ())])
        return [
            _counted("Uses", len(set(in_statement) | set(in_proof)), uses, nothing[0]),
            _counted("Used by", len(users), used, nothing[1]),
        ]

    def _inferred(self, pairs: Sequence[tuple[NodeId, tuple[NodeId, NodeId]]]) -> list[Html]:
        """Lists of nodes at the other ends of inferred edges, one for each ground."""
        assert self.inferred is not None
        found = []
        for ground in Ground:
            nodes = [other for other, pair in pairs if self.inferred.grounds[pair] is ground]
            if nodes:
                listed = self._nodes(f"inferred from {ground}, not written by the author", nodes)
                found.append(element("div", listed, class_="inferred"))
        return found

    def _nodes(self, where: str, nodes: Sequence[NodeId], unresolved: Sequence[str] = ()) -> Html:
        if not nodes and not unresolved:
            return EMPTY
        chips = [self._chip(node) for node in nodes]
        chips += [_missing_chip(label, self.snapshot) for label in unresolved]
        shown, folded = chips[:CHIPS], chips[CHIPS:]
        more = EMPTY
        if folded:
            summary = element("summary", text(f"{len(folded)} more"))
            more = element("details", summary, element("ul", *folded, class_="chips"), class_="more")
        return Html(element("h3", text(where)) + element("ul", *shown, class_="chips") + more)

    def _chip(self, node_id: NodeId) -> Html:
        node = self.snapshot.nodes[node_id]
        headline = self.snapshot.headlines[node_id]
        words = self.prose.line(node.title) if node.title else text(node.short_label)
        name = element("span", text(f"{node.caption} {node.number}".strip()), class_="name")
        return element(
            "li",
            element(
                "a", _mark(headline), name, text(" "), element("span", words, class_="title"),
                href=node_href(node_id), class_=f"chip headline-{slug(headline)}", title=f"{node.id}: {headline.value}",
            ),
        )  # fmt: skip

    def _unresolved(self, passage: Passage | None) -> list[str]:
        """Entries of the lists that count in this reading and name no node."""
        if passage is None:
            return []
        lists = passage.uses if self.snapshot.reading is Reading.STRICT else passage.uses[-1:]
        labels = self.snapshot.blueprint.labels
        wanted = dict.fromkeys(entry for used in lists for entry in used.texts if entry)
        return [label for label in wanted if label not in labels]

    def facts(self) -> Html:
        node, blueprint = self.node, self.snapshot.blueprint
        rows: list[tuple[str, Html]] = []
        for word, passage in (("Lean", node.statement), ("Lean, in the proof", node.proof)):
            names = _names(passage.lean if passage else (), self.snapshot.reading)
            if names:
                rows.append((word, _lean_names(names, blueprint.dochome)))
        flags = [*_flags(node.statement, "statement"), *(_flags(node.proof, "proof") if node.proof else ())]
        rows.append(("Declared", element("ul", *flags) if flags else text("nothing by the author")))
        if node.discussion:
            rows.append(("Discussion", _discussion(node.discussion, blueprint.github)))
        places = [_place(node.statement.place, "statement")]
        if node.proof is not None:
            places.append(_place(node.proof.place, "proof"))
        rows.append(("Source", element("ul", *places)))
        if len(node.labels) > 1:
            rows.append(("Labels", join([element("code", text(label)) for label in node.labels], ", ")))
        entries = [Html(element("dt", text(word)) + element("dd", content)) for word, content in rows]
        return element("section", element("h2", text("Facts")), element("dl", *entries), class_="facts")

    def why(self, sentences: Sequence[str]) -> Html:
        if not sentences:
            return EMPTY
        items = [element("li", text(sentence)) for sentence in sentences]
        summary = element("summary", element("h2", text("Why this colour?")))
        return element("details", summary, element("ul", *items), class_="why")


def _body(tex: str, title: str) -> str:
    """A statement without the title in brackets that stands at its front, where the reader left it in."""
    stripped = tex.lstrip()
    return stripped.removeprefix(f"[{title}]") if title else tex


def _mark(headline: Headline) -> Html:
    return element("span", class_=f"mark mark-{slug(headline)}", aria_hidden="true")


def _section(title: str, content: Html) -> Html:
    return element("section", element("h2", text(title)), content)


def _counted(title: str, count: int, lists: Iterable[Html], empty: str) -> Html:
    content = join(list(lists)) or element("p", text(empty), class_="empty")
    head = element("h2", text(title + " "), element("span", text(str(count)), class_="count"))
    return element("section", head, content, class_="relations")


def _missing_chip(label: str, snapshot: Snapshot) -> Html:
    known = label in snapshot.blueprint.landmarks
    reason = "this label names no node of the graph" if known else "no such label in this blueprint"
    return element("li", element("span", text(label), class_="chip missing", title=reason))


def _names(lists: Sequence[ListCommand], reading: Reading) -> list[str]:
    counted = lists if reading is Reading.STRICT else lists[-1:]
    return list(dict.fromkeys(name for command in counted for name in command.texts if name))


def _lean_names(names: Sequence[str], dochome: str) -> Html:
    items = []
    for name in names:
        # The style sheet lets a name break behind its dots.
        copied = element("a", element("code", text(name)), href=copy_href(name), class_="copy", title="copy the name")
        address = web_href(f"{dochome.rstrip('/')}/find/#doc/{name}") if dochome else None
        documentation = EMPTY
        if address:
            documentation = Html(" " + element("a", text("documentation"), href=address, class_="external"))
        items.append(element("li", copied, documentation))
    return element("ul", *items)


def _flags(passage: Passage, where: str) -> list[Html]:
    declared = (("\\leanok", passage.leanok), ("\\mathlibok", passage.mathlibok), ("\\notready", passage.notready))
    return [
        element("li", element("code", text(name)), text(f" in the {where}, "), place_link(place))
        for name, place in declared
        if place is not None
    ]


def _discussion(issue: str, github: str) -> Html:
    address = web_href(f"{github.rstrip('/')}/issues/{issue}") if github else None
    words = text(f"issue {issue}")
    return element("a", words, href=address, class_="external") if address else words


def _place(place: Place, what: str) -> Html:
    return element("li", text(f"{what}: "), place_link(place))


def place_link(place: Place) -> Html:
    """A place by the name of its file and its lines, as a link that opens it."""
    last = f"–{place.end_line}" if place.end_line > place.line else ""
    words = f"{PurePosixPath(place.file).name}:{place.line}{last}" if place.line else place.file
    href = source_href(place.file, place.line)
    return element("a", text(words), href=href, class_="place", title=f"open {place.file}")
