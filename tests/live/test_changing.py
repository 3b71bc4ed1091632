"""A file is changed where it was asked for and nowhere else, or not at all."""

import hashlib
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.live.changing import planned, spliced, write
from blueprint_app.model.blueprint import Blueprint, SourceFile
from blueprint_app.model.errors import BlueprintError

TEX = "\\begin{lemma}\n  \\label{a}é\n  \\lean{A.b}\n\\end{lemma}\n% end"


def marked(text: str) -> str:
    return text.replace("\\lean{A.b}\n", "\\lean{A.b}\n  \\leanok\n")


def project(folder, data, encoding="utf-8"):
    (folder / "a.tex").write_bytes(data)
    file = SourceFile("a.tex", hashlib.sha256(data).hexdigest(), encoding)
    return Blueprint(str(folder), "T", (), files=(file,))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("encoding", "codec", "mark"),
    [
        ("utf-8", "utf-8", b""),
        ("utf-8-sig", "utf-8", b"\xef\xbb\xbf"),
        ("utf-16", "utf-16-le", b"\xff\xfe"),
        ("utf-16", "utf-16-be", b"\xfe\xff"),
        ("latin-1", "latin-1", b""),
    ],
)
def test_line_ends_encoding_and_marks_stay(tmp_path, end, encoding, codec, mark):
    def written(text):
        return mark + text.replace("\n", end).encode(codec)

    change = planned(project(tmp_path, written(TEX), encoding), "a.tex", marked, "Add")
    write(change)
    assert (tmp_path / "a.tex").read_bytes() == written(marked(TEX))
    write(change.undone)
    assert (tmp_path / "a.tex").read_bytes() == written(TEX)


@given(st.lists(st.sampled_from(["a", "\n", "\r\n", "\r", "é", "\f", "\x85", "∃"]), max_size=30), st.data())
def test_only_what_was_edited_is_written_anew(parts, data):
    raw = "".join(parts)
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    at = data.draw(st.integers(0, len(text)))
    found = spliced(raw.encode(), "utf-8", lambda given: given[:at] + "XY" + given[at:]).decode()
    assert found.replace("\r\n", "\n").replace("\r", "\n") == text[:at] + "XY" + text[at:]
    assert found.replace("XY", "") == raw


def test_the_diff_shows_the_line_in_its_surroundings(tmp_path):
    change = planned(project(tmp_path, TEX.encode()), "a.tex", marked, "Add")
    assert [line for line in change.diff() if line[0] in "+-"] == ["+  \\leanok"]
    assert change.diff()[0].startswith("@@")


def test_a_file_that_is_another_by_now_is_left_alone(tmp_path):
    blueprint = project(tmp_path, TEX.encode())
    change = planned(blueprint, "a.tex", marked, "Add")
    (tmp_path / "a.tex").write_text("mine")
    with pytest.raises(BlueprintError, match="has changed since"):
        write(change)
    with pytest.raises(BlueprintError, match="has changed since"):
        planned(blueprint, "a.tex", marked, "Add")
    assert (tmp_path / "a.tex").read_text() == "mine"
    assert os.listdir(tmp_path) == ["a.tex"]


def test_a_link_stays_a_link_and_the_mode_stays(tmp_path):
    (tmp_path / "real").mkdir()
    blueprint = project(tmp_path / "real", TEX.encode())
    os.chmod(tmp_path / "real" / "a.tex", 0o640)
    os.rename(tmp_path / "real" / "a.tex", tmp_path / "real" / "b.tex")
    os.symlink("b.tex", tmp_path / "real" / "a.tex")
    write(planned(blueprint, "a.tex", marked, "Add"))
    assert os.readlink(tmp_path / "real" / "a.tex") == "b.tex"
    assert os.stat(tmp_path / "real" / "b.tex").st_mode & 0o777 == 0o640
    assert (tmp_path / "real" / "b.tex").read_text() == marked(TEX)


def test_what_the_encoding_lacks_is_refused(tmp_path):
    blueprint = project(tmp_path, TEX.encode("latin-1"), "latin-1")
    with pytest.raises(BlueprintError, match="∃"):
        planned(blueprint, "a.tex", lambda text: text + "∃", "Add")
