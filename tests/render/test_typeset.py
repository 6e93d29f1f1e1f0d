"""Text without markup is set like running text: curly quotes, Japanese words marked as such."""

import pytest
from markupsafe import Markup

from sitegen.render.typeset import curl, typeset


@pytest.mark.parametrize(
    ("words", "set_"),
    [
        ('"Golden age", said again', "\u201cGolden age\u201d, said again"),
        ('Japan\'s law ("the bill")', "Japan\u2019s law (\u201cthe bill\u201d)"),
        ("leaders' statements of the '90s", "leaders\u2019 statements of the \u201990s"),
        ("\"He said 'no'\"", "\u201cHe said \u2018no\u2019\u201d"),
        ("'single' words", "\u2018single\u2019 words"),
        ("\u201calready curly\u201d", "\u201calready curly\u201d"),
    ],
)
def test_english_quotes_are_curly(words: str, set_: str) -> None:
    assert curl(words, "en") == set_
    assert curl(set_, "en-GB") == set_
    assert curl(words, "de") == words


@pytest.mark.parametrize(
    ("words", "lang", "html"),
    [
        ("plain", "en", "plain"),
        ("the Japan-U.S. treaty", "en", "the Japan-\u2060U.S. treaty"),
        (
            "Japan\u2013U.S. talks, 2019\u20132021",
            "en",
            "Japan\u2013\u2060U.S. talks, 2019\u20132021",
        ),
        ("a joint-use base", "en", "a joint-use base"),
        (
            "as 「唯一の解決策」, <the only>",
            "en",
            'as <span lang="ja">「唯一の解決策」</span>, &lt;the only&gt;',
        ),
        (
            "防衛省 (NDPO) 資料",
            "de",
            '<span lang="ja">防衛省</span> (NDPO) <span lang="ja">資料</span>',
        ),
        ("日本語", "ja", "日本語"),
        ("中文", "zh-Hant", "中文"),
        ("em — dash é “q”", "en", "em — dash é “q”"),
    ],
)
def test_japanese_words_in_another_language_are_marked(words: str, lang: str, html: str) -> None:
    assert typeset(words, lang) == html


def test_markup_is_left_alone() -> None:
    assert typeset(Markup('<b lang="ja">語</b> "'), "en") == Markup('<b lang="ja">語</b> "')
