"""Text never leaves its outline."""

from hypothesis import given
from hypothesis import strategies as st

from blueprint_app.ui.canvas.painting.lettering import chord, metrics_of, one_line, title_lines, width_of

TEXT = st.text(alphabet="abcdefgh WMil", min_size=1, max_size=60).map(str.strip).filter(bool)
WIDTH, HEIGHT = st.integers(20, 400).map(float), st.integers(14, 120).map(float)


@given(TEXT, TEXT, WIDTH, HEIGHT, st.booleans(), st.integers(7, 17), st.integers(7, 13))
def test_lines_lie_within_the_outline(qapp, title, label, width, height, box, pixels, caption_pixels):
    lines = title_lines("Lemma 2.13", title, label, pixels, caption_pixels, width, height, box)
    for line in lines:
        size = caption_pixels if line.is_caption else pixels
        middle = line.y - metrics_of(size).capHeight() / 2
        room = chord(width, height, box, abs(middle))
        assert width_of(line.text, size) <= room + 1
        assert -height / 2 <= line.y - metrics_of(size).capHeight()
        assert line.y <= height / 2
    baselines = [line.y for line in lines]
    assert baselines == sorted(baselines)


@given(TEXT, WIDTH, HEIGHT, st.booleans(), st.integers(7, 14))
def test_labels_lie_within_the_outline(qapp, label, width, height, box, pixels):
    for line in one_line(label, pixels, width, height, box):
        assert width_of(line.text, pixels) <= width
        assert line.text == label or line.text.endswith("…")


def test_a_title_that_fits_is_whole_and_below_its_caption(qapp):
    lines = title_lines("Lemma 2.3", "Chain rule", "chain", 12, 10, 200.0, 48.0, True)
    assert [(line.text, line.is_caption) for line in lines] == [("Lemma 2.3", True), ("Chain rule", False)]


def test_the_label_stands_in_for_a_title_that_does_not_fit(qapp):
    title = "A very long title that says everything there is to say about it"
    lines = title_lines("Lemma 2.3", title, "chain", 12, 10, 110.0, 36.0, False)
    assert lines[-1].text == "chain"


def test_a_title_is_wrapped_where_there_is_room(qapp):
    title = "Conditional distance lower bound"
    lines = title_lines("Lemma 2.3", title, "cond", 12, 10, 150.0, 90.0, True)
    assert " ".join(line.text for line in lines if not line.is_caption) == title
    assert len(lines) > 2


def test_the_number_stays_where_the_caption_has_no_room(qapp):
    lines = title_lines("Proposition 2.3", "Rank", "rank", 12, 10, 60.0, 36.0, False)
    assert [line.text for line in lines if line.is_caption] == ["2.3"]
