"""A drafting run as a page: cheap tactics, each round with its Lean and what Lean said, and how it ended."""

import re
from collections.abc import Mapping

from blueprint_app.assistant.drafting.bench import CANNOT_JUDGE
from blueprint_app.assistant.drafting.events import Ending
from blueprint_app.export.prose.formulas import EngineMacro
from blueprint_app.export.prose.markup import EMPTY, Html, element, text
from blueprint_app.export.prose.page import PageContent
from blueprint_app.ui.assistant.feed import Round, Run
from blueprint_app.verify.draft import Draft, Part
from blueprint_app.verify.verdict import CheckLevel, LeanMessage, Verdict

_FENCED = re.compile(r"^```+[ \t]*lean[^\n]*\n(.*?)(?:^```|\Z)", re.DOTALL | re.MULTILINE)
_STEPS = (CheckLevel.COMPILED, CheckLevel.REPLAYED, CheckLevel.MATCHED)
_MOST_MESSAGES = 6
_STATES = {
    Ending.VERIFIED: "good",
    Ending.COMPILED: "open",
    Ending.UNJUDGED: "open",
}
_ENDINGS = {
    Ending.VERIFIED: "Verified",
    Ending.COMPILED: "Compiled; not verified",
    Ending.UNJUDGED: "Not judged; not verified",
    Ending.OUT_OF_ROUNDS: "Out of rounds",
    Ending.OUT_OF_BUDGET: "Out of budget",
    Ending.STUCK: "Stuck",
    Ending.NO_LEAN: "No Lean in the reply",
    Ending.REFUSED: "Refused",
}


def rounds_page(
    key: str,
    heading: str,
    run: Run,
    macros: Mapping[str, EngineMacro],
    *,
    stated: Html | None = None,
    caution: str = "",
) -> PageContent:
    """The page of a run. `stated` is the node's statement, set beside the Lean that is to say the same; `caution` tells
    why nothing can be verified here.
    """
    steps = [_tactics(run), *(_round(each, run) for each in run.rounds), *_ending(run, stated)]
    notice = element("p", text(caution), class_="caution") if caution else EMPTY
    timeline = element("ol", *(step for step in steps if step), class_="timeline", data_grows="")
    html = element("article", notice, timeline, class_="node rounds", data_grows="", aria_label=heading)
    return PageContent(key, heading, html, macros)


def _step(state: str, title: Html, *content: Html) -> Html:
    body = element("div", *content, class_="step-body", data_grows="") if any(content) else EMPTY
    head = element("div", title, class_="step-head")
    return element("li", head, body, class_=f"step {state}", data_grows="")


def _tactics(run: Run) -> Html:
    tried = run.tactics
    if tried is None:
        return _step("now", element("b", text("Cheap tactics"))) if run.is_open and not run.rounds else EMPTY
    title = Html(element("b", text("Cheap tactics")) + element("span", text(" ".join(tried.tactics)), class_="flag"))
    if tried.found is not None and tried.verdict.is_verified:
        return _step("good", title, _lean(tried.found, ()), _levels(tried.verdict))
    if tried.verdict.failure in CANNOT_JUDGE:
        return _step("open", title, element("p", text("Nothing here could try them."), class_="meaning"))
    return _step("bad", title, element("p", text("None of them closes it."), class_="meaning"))


def _round(each: Round, run: Run) -> Html:
    state, words = _state(each, run)
    plan = element("span", text("another plan"), class_="flag") if each.new_plan else EMPTY
    title = Html(
        element("b", text(f"Round {each.number} of {each.most}"))
        + plan
        + element("span", text(words), class_="state-words")
    )
    content = (_thinking(each), *_answer(each), *_judged(each))
    if each is run.rounds[-1]:
        return _step(state, title, *content)
    # What was tried before steps back; it can be looked at again.
    summary = element("summary", text(_tried(each)))
    return _step(state, title, element("details", summary, *content, class_=f"tried tried-{each.number}"))


def _tried(each: Round) -> str:
    if each.draft is None:
        return "The answer"
    errors = len(each.verdict.errors) if each.verdict is not None else 0
    return f"The draft, and {errors} {'error' if errors == 1 else 'errors'}" if errors else "The draft"


def _state(each: Round, run: Run) -> tuple[str, str]:
    """How a round's mark looks, and its state in words."""
    is_last = each is run.rounds[-1]
    verdict = each.verdict
    if verdict is None:
        if is_last and run.is_open:
            if each.draft is not None:
                return "now", "Lean is judging…"
            return "now", "drafting…" if each.text else "thinking…" if each.thinking else "waiting for the model…"
        return "bad", "stopped" if is_last and run.is_stopped else "no draft in the answer" if each.is_replied else ""
    if verdict.is_verified:
        return "good", "verified"
    if verdict.failure in CANNOT_JUDGE:
        return "open", "not judged"
    if each.blocker is None:
        return "open", str(verdict.level)
    again = {2: ", again", 3: ", for the third time"}.get(each.met, f", {each.met} times" if each.met > 3 else "")
    return "bad", f"{each.blocker.kind}{again}"


def _thinking(each: Round) -> Html:
    if not each.thinking.strip():
        return EMPTY
    summary = element("summary", text("Thinking"))
    content = element("pre", text(each.thinking.strip()))
    return element("details", summary, content, class_="thinking", data_grows="")


def _answer(each: Round) -> tuple[Html, ...]:
    """The draft with marked lines; while it comes in the Lean that is there, or else the words."""
    if each.draft is not None:
        return (_lean(each.draft, each.verdict.messages if each.verdict else ()),)
    found = "\n".join(block.rstrip() for block in _FENCED.findall(each.text))
    if found.strip():
        return (element("pre", text(found), class_="lean"),)
    return (element("p", text(each.text.strip()), class_="words"),) if each.text.strip() else ()


def _lean(draft: Draft, messages: tuple[LeanMessage, ...]) -> Html:
    blocks = []
    for part, source in ((Part.HELPERS, draft.helpers), (Part.PROOF, draft.proof)):
        if source.strip():
            marked = {message.line for message in messages if message.part is part and message.severity == "error"}
            blocks.append(_numbered(source.strip("\n"), marked))
    return Html("".join(blocks))


def _numbered(source: str, marked: set[int]) -> Html:
    lines = []
    for number, line in enumerate(source.split("\n"), start=1):
        class_ = "line marked-line" if number in marked else "line"
        lines.append(element("span", text(line or " "), class_=class_, data_line=str(number)))
    return element("pre", *lines, class_="lean numbered")


def _judged(each: Round) -> tuple[Html, ...]:
    verdict = each.verdict
    if verdict is None:
        return ()
    errors = [message for message in verdict.messages if message.severity == "error"]
    said = [_message(message) for message in errors[:_MOST_MESSAGES]]
    if len(errors) > _MOST_MESSAGES:
        said.append(element("p", text(f"{len(errors) - _MOST_MESSAGES} more errors."), class_="meaning"))
    # Why nothing could be judged is said once, at the end.
    says_why = verdict.detail and not errors and verdict.failure not in CANNOT_JUDGE
    detail = element("p", text(verdict.detail), class_="meaning") if says_why else EMPTY
    lint = [
        element("li", element("code", text(finding.word)), text(f" in line {finding.line}: {finding.message}"))
        for finding in verdict.lint
    ]
    warned = element("ul", *lint, class_="lint") if lint else EMPTY
    return (_levels(verdict), detail, *said, warned)


def _message(message: LeanMessage) -> Html:
    where = "" if message.part is Part.PROOF else f"{message.part.value}, "
    place = element("span", text(f"{where}line {message.line}"), class_="count")
    return element("div", place, element("pre", text(message.text.strip())), class_="said")


def _levels(verdict: Verdict) -> Html:
    """The three levels, those that were reached marked; nothing where nobody could judge."""
    if verdict.failure in CANNOT_JUDGE or verdict.level is CheckLevel.NONE:
        return EMPTY
    reached = list(CheckLevel).index(verdict.level)
    items = []
    for position, level in enumerate(_STEPS, start=1):
        is_reached = position <= reached
        words = element("span", text(str(level)), class_="reached" if is_reached else "not-reached")
        items.append(Html((element("span", text(" → "), class_="count") if position > 1 else EMPTY) + words))
    axioms = f" ({', '.join(verdict.axioms)})" if verdict.axioms and verdict.is_verified else ""
    return element("p", *items, text(axioms), class_="levels")


def _ending(run: Run, stated: Html | None) -> list[Html]:
    if run.is_open:
        return []
    if run.result is None:
        title, words = ("Stopped", "What came so far is kept as an attempt.") if run.is_stopped else ("", run.fault)
        return [_step("bad", element("b", text(title or "Could not go on")), element("p", text(words)))]
    ending = run.result.ending
    is_good = ending is Ending.VERIFIED and run.result.verdict is not None and run.result.verdict.is_verified
    state = _STATES.get(ending, "bad") if ending is not Ending.VERIFIED or is_good else "open"
    words = element("p", text(run.result.words))
    compared = _compared(stated, run.result.draft) if stated is not None and run.result.draft is not None else EMPTY
    return [_step(f"{state} ending", element("b", text(_ENDINGS[ending])), words, compared)]


def _compared(stated: Html, draft: Draft) -> Html:
    """The text and the Lean side by side where there is room: only a person can tell whether they say the same."""
    left = element("div", element("h3", text("The blueprint says")), element("div", stated, class_="prose"))
    right = element("div", element("h3", text("The draft says")), _lean(draft, ()))
    return element("div", left, right, class_="compared")
