"""What the parsers say, as values: the reference of the command line and the manual page are both made from it."""

import argparse
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Argument:
    """A place ("LABEL", no `names`) or an option; `value` is what it takes, "" for a switch.

    `apart_from` names the options that cannot be given with it.
    """

    names: tuple[str, ...]
    value: str
    meaning: str
    choices: tuple[str, ...] = ()
    is_required: bool = False
    may_repeat: bool = False
    apart_from: tuple[str, ...] = ()

    @property
    def written(self) -> str:
        """How it stands in a command, brackets around what may be left out."""
        text = " ".join(filter(None, (self.names[-1] if self.names else "", self.value)))
        text += " …" if self.may_repeat and not self.names else ""
        return text if self.is_required else f"[{text}]"


@dataclass(frozen=True, slots=True)
class Description:
    """A command: its name, what it does, what it takes, and what else is to be known, such as exit codes."""

    name: str
    purpose: str
    arguments: tuple[Argument, ...]
    remark: str = ""

    @property
    def usage(self) -> str:
        """One line; the options that may be left out stand for themselves."""
        needed = [each.written for each in self.arguments if not each.names or each.is_required]
        options = ["[OPTIONS]"] if any(each.names and not each.is_required for each in self.arguments) else []
        return " ".join((self.name, *options, *needed))


def described(parser: argparse.ArgumentParser) -> tuple[Description, ...]:
    """The program itself, then each of its commands."""
    inner = [action for action in parser._actions if isinstance(action, argparse._SubParsersAction)]
    purposes = {choice.dest: _meaning(parser, choice) for action in inner for choice in action._choices_actions}
    found = [_description(parser, parser.prog, parser.description or "")]
    for action in inner:
        found += [_description(each, name, purposes.get(name, "")) for name, each in action.choices.items()]
    return tuple(found)


def _description(parser: argparse.ArgumentParser, name: str, purpose: str) -> Description:
    left_out = (argparse._HelpAction, argparse._SubParsersAction)
    actions = [action for action in parser._actions if not isinstance(action, left_out)]
    return Description(name, purpose, tuple(_argument(parser, action) for action in actions), parser.epilog or "")


def _argument(parser: argparse.ArgumentParser, action: argparse.Action) -> Argument:
    choices = tuple(map(str, action.choices or ()))
    takes = action.nargs != 0
    value = (action.metavar if isinstance(action.metavar, str) else "") or action.dest.upper()
    others = (
        each
        for group in parser._mutually_exclusive_groups
        if action in group._group_actions
        for each in group._group_actions
        if each is not action
    )
    return Argument(
        tuple(action.option_strings),
        value if takes else "",
        _meaning(parser, action),
        choices,
        action.required and action.nargs not in ("?", "*"),
        action.nargs in ("*", "+") or isinstance(action, argparse._AppendAction),
        tuple(each.option_strings[-1] for each in others),
    )


def _meaning(parser: argparse.ArgumentParser, action: argparse.Action) -> str:
    return argparse.HelpFormatter(parser.prog)._expand_help(action) if action.help else ""
