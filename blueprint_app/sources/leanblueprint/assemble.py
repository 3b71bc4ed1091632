"""From the tree of a document to the Blueprint value: who proves what, ids, texts, labels."""

from collections.abc import Iterable

from blueprint_app.model.blueprint import Blueprint, Heading, Landmark, Node, NodeId, Passage, Reference
from blueprint_app.model.diagnostic import Diagnostic, Severity
from blueprint_app.model.place import Place
from blueprint_app.sources.leanblueprint.machine import Machine
from blueprint_app.sources.leanblueprint.texts import TextCutter
from blueprint_app.sources.leanblueprint.tree import Element, Role
from blueprint_app.sources.splicing import LEAN_ARCHITECT

NOWHERE = Place("", 0)


class Assembly:
    """One conversion; the steps share which element became which node."""

    def __init__(self, machine: Machine) -> None:
        self.machine = machine
        self.texts = TextCutter(machine)
        kinds = set(machine.settings.kinds)
        self.elements = [element for element in machine.theorems if element.name in kinds]
        self.headings = {element: key for key, element in enumerate(machine.sections)}
        self.ids: dict[Element, NodeId] = {}
        self.proofs: dict[Element, list[Element]] = {}
        others = machine.files.others.diagnostics if machine.files.others is not None else ()
        self.diagnostics: list[Diagnostic] = [*machine.files.diagnostics, *others, *machine.diagnostics]

    def blueprint(self) -> Blueprint:
        """The value."""
        self._name_nodes()
        self._attach_proofs()
        settings = self.machine.settings
        landmarks = self._landmarks()
        return Blueprint(
            folder=str(self.machine.files.folder),
            title=settings.title or self.machine.files.folder.name,
            nodes=tuple(self._node(element) for element in self.elements),
            headings=tuple(self._heading(element) for element in self.machine.sections),
            labels={label: self.ids[element] for label, element in self.machine.labels.items() if element in self.ids},
            landmarks=landmarks,
            home=settings.home,
            github=settings.github,
            dochome=settings.dochome,
            theorem_kinds=settings.kinds,
            graph_scope=settings.graph_scope,
            reduced=settings.reduced,
            colours=settings.colours,
            macros=tuple(self.machine.macros.values()),
            references=self._references(),
            files=self.machine.files.sources(),
            diagnostics=tuple(self.diagnostics),
        )

    def _name_nodes(self) -> None:
        taken: set[str] = set(self.machine.labels)
        nodes = set(self.elements)
        for element in self.elements:
            if element.labels:
                owner = self.machine.labels[element.labels[-1]]
                if owner is element or owner not in nodes:
                    self.ids[element] = NodeId(element.labels[-1])
        counts: dict[str, int] = {}
        for element in self.elements:
            if element in self.ids:
                continue
            base = element.labels[-1] if element.labels else f"unlabelled {element.name}"
            while True:
                counts[base] = counts.get(base, 0) + 1
                name = f"{base} ({counts[base] + bool(element.labels)})"
                if name not in taken:
                    break
            taken.add(name)
            self.ids[element] = NodeId(name)

    def _attach_proofs(self) -> None:
        """Explicit ``\\proves`` first, then each proof by its place; a later one replaces an earlier one.

        plasTeX takes an element without content for none, so that an empty proof proves nothing.
        """
        explicit: dict[Element, Element] = {}
        for holder in self._claimants():
            for label in holder.proves:
                proved = self.machine.labels.get(label)
                if proved is None:
                    self._warn(
                        "proves-unresolved",
                        f"\\proves{{{label}}}: there is no such label.",
                        "The proof is taken to be of the statement before it.",
                        holder.place,
                    )
                elif not proved.is_empty:
                    explicit[holder] = proved
                    self._prove(proved, holder)
        for proof in self.machine.proofs:
            target = explicit.get(proof) or self._statement_before(proof)
            if target is None or target.is_empty:
                if proof.uses or proof.leanok:
                    self._warn(
                        "proof-unattached",
                        "This proof belongs to no statement: its \\uses and \\leanok do not count.",
                        "Place it after its statement, or add \\proves{label}.",
                        proof.place,
                    )
                continue
            self._prove(target, proof)

    def _claimants(self) -> Iterable[Element]:
        seen = dict.fromkeys([*self.machine.theorems, *self.machine.proofs])
        for element in seen:
            if element.proves:
                yield element

    def _statement_before(self, proof: Element) -> Element | None:
        parent = proof.parent
        if parent is None or not (parent.has_paragraphs or parent.role == Role.DOCUMENT) or not proof.rank:
            return None
        return parent.theorems[proof.rank - 1]

    def _prove(self, statement: Element, proof: Element) -> None:
        proofs = self.proofs.setdefault(statement, [])
        if proof in proofs:
            proofs.remove(proof)
        proofs.append(proof)

    def _node(self, element: Element) -> Node:
        proofs = self.proofs.get(element, [])
        last = proofs[-1] if proofs else None
        if last is not None and last.is_empty and self.machine.files.source_of(last.source) != LEAN_ARCHITECT:
            self._warn(
                "proof-empty",
                "This proof is empty; leanblueprint takes it for no proof.",
                "Write the proof, or leave the environment out.",
                last.place,
                self.ids[element],
            )
        return Node(
            id=self.ids[element],
            labels=tuple(element.labels),
            kind=element.name,
            caption=element.caption or element.name.capitalize(),
            number=element.number,
            title=element.title,
            path=self._path(element),
            statement=self._passage(element),
            proof=self._passage(last) if last is not None else None,
            discussion=element.discussion,
            also_in=self._also_in(element),
            spare_proofs=tuple(self._passage(proof) for proof in proofs[:-1]),
            source=self.machine.files.source_of(element.source),
        )

    def _passage(self, element: Element) -> Passage:
        return Passage(
            tex=self.texts.text_of(element),
            place=element.place or NOWHERE,
            uses=tuple(element.uses),
            lean=tuple(element.lean),
            leanok=element.leanok,
            mathlibok=element.mathlibok,
            notready=element.notready,
            is_blank=element.is_empty,
        )

    def _path(self, element: Element) -> tuple[int, ...]:
        return tuple(self.headings[outer] for outer in reversed(element.ancestors()) if outer in self.headings)

    def _also_in(self, element: Element) -> tuple[int, ...]:
        found = []
        for label in element.also_in:
            target = self.machine.labels.get(label)
            if target in self.headings:
                found.append(self.headings[target])
        return tuple(found)

    def _heading(self, element: Element) -> Heading:
        path = self._path(element)
        return Heading(
            key=self.headings[element],
            level=element.name,
            number=element.number,
            title=element.title,
            place=element.place or NOWHERE,
            parent=path[-1] if path else None,
            labels=tuple(element.labels),
        )

    def _landmarks(self) -> dict[str, Landmark]:
        landmarks = {}
        for label, element in self.machine.labels.items():
            if element not in self.ids:
                landmarks[label] = self._landmark(label, element)
        for label, element in self.machine.unreachable_labels.items():
            if label not in self.machine.labels:
                landmarks[label] = self._landmark(label, element, usable=False)
        return landmarks

    def _landmark(self, label: str, element: Element, *, usable: bool = True) -> Landmark:
        around = [element, *element.ancestors()]
        return Landmark(
            label=label,
            id=element.labels[-1] if element.labels else label,
            kind=element.name,
            number=element.number,
            place=element.place or (self.machine.label_places.get(label) or [NOWHERE])[0],
            leanok=bool(element.leanok or element.mathlibok),
            inside=next((self.ids[outer] for outer in around if outer in self.ids), None),
            theorem_kind=next((outer.name for outer in around if outer.is_theorem), ""),
            title=element.title,
            usable=usable,
        )

    def _references(self) -> dict[str, Reference]:
        texts = self.texts.reference_texts()
        return {key: Reference(key, mark, texts.get(key, "")) for key, mark in self.machine.references.items()}

    def _warn(self, code: str, message: str, hint: str, place: Place | None, node: str | None = None) -> None:
        self.diagnostics.append(Diagnostic(Severity.WARNING, code, message, hint, place, node))


def assemble(machine: Machine) -> Blueprint:
    """The Blueprint that a finished run describes."""
    return Assembly(machine).blueprint()
