"""docs/tutorial.md, played from start to end."""

import sys
from pathlib import Path

import pytest

from tests.tutorial import replayed, steady

DOC = Path(__file__).parent.parent / "docs" / "tutorial.md"


def test_the_tutorial_says_what_a_new_user_sees(tmp_path: Path, update_golden: bool) -> None:
    programs = Path(sys.executable).parent
    if not (programs / "sitegen").is_file():
        pytest.skip("sitegen is not installed beside this Python")
    text = DOC.read_text("utf-8")
    played = replayed(text, tmp_path, programs)
    if update_golden:
        DOC.write_text(played, encoding="utf-8")
    else:
        assert steady(played) == steady(text), "play it anew with --update-golden"
    page = (tmp_path / "briefings/output/explainers/why-rents-rise/index.html").read_text("utf-8")
    assert "rose by 4 per cent" in page
