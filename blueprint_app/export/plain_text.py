"""Text of a blueprint made fit for DOT and XML: it is untrusted and may hold anything."""

import re
from xml.sax.saxutils import escape

# Characters that XML 1.0 does not allow, not even escaped (https://www.w3.org/TR/xml/#charsets).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def xml_characters(text: str) -> str:
    """The text without characters that no XML file can hold."""
    return _NO_XML.sub("", text)


def xml(text: str) -> str:
    """The text for an element's content or for an attribute in double quotes."""
    return escape(xml_characters(text), {'"': "&quot;"})


def dot_name(text: str) -> str:
    r"""A quoted DOT string that names a node.

    Only ``\"`` is an escape there, so that a name cannot end with a single backslash: all are doubled.
    """
    escaped = xml_characters(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def dot_label(text: str) -> str:
    """A quoted DOT string that is shown as `text`: neither its backslashes nor its ``&`` mean anything."""
    return dot_name(text.replace("&", "&amp;"))
