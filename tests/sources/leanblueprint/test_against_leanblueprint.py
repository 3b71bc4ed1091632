"""Our reading equals leanblueprint's own on documents full of traps and on the samples."""

from pathlib import Path

import pytest

from tests.oracle.compare import OracleError, differences
from tests.sources.leanblueprint.documents import DOCUMENTS


@pytest.mark.slow
@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_read_as_leanblueprint_reads_it(name: str, tmp_path: Path) -> None:
    (tmp_path / "web.tex").write_text(DOCUMENTS[name], encoding="utf-8")
    assert differences(tmp_path) == []


@pytest.mark.slow
@pytest.mark.parametrize("name", ["primes", "chapters"])
def test_a_sample_is_read_as_leanblueprint_reads_it(name: str, sample_copy) -> None:
    assert differences(sample_copy(name) / "blueprint" / "src") == []


@pytest.mark.slow
def test_leanblueprint_itself_stops_at_a_cycle(sample_copy) -> None:
    with pytest.raises(OracleError, match="RecursionError"):
        differences(sample_copy("cycle") / "blueprint" / "src")
