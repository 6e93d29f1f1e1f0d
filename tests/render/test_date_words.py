"""Dates are written as readers of the page's language write them, at their own precision."""

import pytest

from sitegen.render.date_words import date_words


@pytest.mark.parametrize(
    ("day", "lang", "words"),
    [
        ("2025-02-06", "en", "6 Feb 2025"),
        ("2025-02", "en", "Feb 2025"),
        ("2025", "en", "2025"),
        ("0812", "en", "812"),
        ("2025-02-06", "en-US", "Feb 6, 2025"),
        ("2025-02-06", "ja", "2025年2月6日"),
        ("2025-02", "ja-JP", "2025年2月"),
        ("2025", "ja", "2025年"),
        ("2025-02-06", "de-AT", "6. Feb. 2025"),
        ("2025-02-06", "tlh", "6 Feb 2025"),
    ],
)
def test_a_date_is_written_in_the_language_at_its_precision(
    day: str, lang: str, words: str
) -> None:
    assert date_words(day, lang) == words
