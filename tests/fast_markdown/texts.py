"""Strategies for Markdown that is nobody's: pieces of syntax in any order, broken and nested."""

from hypothesis import strategies as st

PIECES = (
    *("*", "**", "***", "_", "__", "___", "`", "``", "```", "~~~", "\\", "\\\\", "\\*", "\\`"),
    *("[", "]", "(", ")", "![", "][", "](", "]: ", "[^1]", "[^1]: note", "[^a b]", "[[", "]]", "|"),
    *(
        "[a](b)",
        "[a](<b c> 't')",
        '[a](b "t")',
        "[a][b]",
        "[b]: http://x.org 't'",
        "[b]",
        "![i](s)",
    ),
    *("<", ">", "&", ";", "&amp;", "&#60;", "&#60", "&x", "</", "/>", "<b>", "</b>", "<br />"),
    *("<div>", "</div>", "<p>x</p>", "<!--", "-->", "<? x ?>", "<![CDATA[", "]]>", "<hr>"),
    *(
        '<div markdown="1">',
        "<span markdown='span'>",
        "<http://x.org>",
        "<a@b.org>",
        "<a href='x'>",
    ),
    *("'", '"', "''", "\"'", "'\"", "--", "---", "...", "....", "'80s", "it's", '"so"', "'a'"),
    *("#", "## ", "# a #", "===", "---", "- - -", "***", "___", "> ", ">", "- ", "* ", "+ ", "1. "),
    *("    ", "  ", " ", "\t", "  \n", "\n", "\n\n", "\n\n\n", "\n    ", "\n- ", "\n  - ", "\n1. "),
    *("\n> ", "\n# ", "\n: ", ":   d", "\n\n:   d", "*[HTML]: Hyper", "HTML", "!!! note", "[TOC]"),
    *("| a | b |\n|---|---|\n| c | d |", "a|b\n-|-\n", "{: #i .c k=v }", "{#i}", "{.c}", "{", "}"),
    *("```py\nx\n```", "~~~\ny\n~~~", "/// a", "//FOOTNOTES GO HERE//", "title: x\n", "::", ":::"),
    *("@", "[@a]", "[w][@a, p. 3]", '[@a, "b [c]"]', "[@a]{translated}", "[[s]]", "[[s#h|w]]"),
    *("x", "ab cd", "word", "1", "23", "a1", "snake_case_word", "2*3*4", "日本語", "「語」", "。"),
    *("é", "ß", "\u00a0", "\u2013", "\u2014", "\u200b", "\u3000", "\u2028", "😀", "\x01", "\x0b"),
    *(
        "\x02",
        "\x03",
        "\x02klzzwxh:0000\x03",
        "\x02wzxhzdk:0\x03",
        "\x0242\x03",
        "\r",
        "\r\n",
        "\x1f",
    ),
    *("==a==", "^a^", "~a~", "~~a~~", "^^a^^", ":smile:", "$x$", "\\(x\\)", "++a++", "- [ ] t"),
)
piece = st.sampled_from(PIECES)
text = st.one_of(
    st.lists(piece, max_size=40).map("".join),
    st.lists(piece, max_size=30).map(" ".join),
    st.lists(st.lists(piece, min_size=1, max_size=8).map("".join), max_size=12).map("\n".join),
    st.lists(st.lists(piece, min_size=1, max_size=6).map("".join), max_size=8).map("\n\n".join),
    st.lists(st.one_of(piece, st.text(max_size=6)), max_size=25).map("".join),
    st.tuples(piece, piece, st.integers(2, 60)).map(lambda each: (each[0] + each[1]) * each[2]),
)
mark = st.sampled_from(
    (
        *("'", '"', "''", '""', "\"'", "'\"", "--", "---", "----", "-", "...", "....", "..", "."),
        *("s", "80s", "90", "a", "it", "é", "_x_", " ", "  ", "\n", "\u00a0", "\u2013", "\u2014"),
        *("&nbsp;", "&mdash;", "&#8211;", "&", "(", ")", "[", "{", ",", ";", "!", "\\'", '\\"'),
        *("`'`", "*'a'*", "<b>", "'t", '"so', "end' ", 'end" ', "[w][@a]", "\n\n", "\n- "),
    )
)
marks = st.lists(mark, max_size=24).map("".join)
"""Texts of quotation marks, dashes and dots with what decides how each is read."""
words = st.lists(
    st.sampled_from(
        (
            *("ab", "word", "Fn 1", "1998", "a-b", "x > y", "a & b", "it's", '"so"', "2. x", "||"),
            *("*em*", "**b**", "`c`", "`|`", "\\|", "[a](b)", "[w][@a]", "[@a]", "[[s|w]]", "[^1]"),
            *("[^2]", "[b]", "https://x.org", "<b>", "&amp;", "{#i}", "{ .c }", "HTML", "[TOC]"),
            *("  \n", "é", "日本", "--", "...", "#", ":", "|", "![i](s)", "_", "\\", "[", "]", "!"),
        )
    ),
    min_size=1,
    max_size=6,
).map(" ".join)
_line = st.one_of(words, st.sampled_from(("ab", "a word", "word and words", "")))


def _each(begin: str, end: str = "", joint: str = "\n") -> st.SearchStrategy[str]:
    lines = st.lists(_line.map(lambda line: f"{begin}{line}{end}"), min_size=1, max_size=4)
    return lines.map(joint.join)


block = st.one_of(
    _each(""),
    _line.map("# {}".format),
    _line.map("### {} ##".format),
    st.tuples(_line, _line).map("## {0[0]}\n{0[1]}".format),
    _each("- "),
    _each("1. "),
    _each("3. "),
    _each("* ", joint="\n\n"),
    _each("- ", joint="\n  more\n"),
    _each("- ", joint="\n    - "),
    _each("> "),
    _each("> ", joint="\n>\n"),
    _each("> - "),
    _each("[^1]: "),
    _each("[^2]: ", joint="\n\n    "),
    _each("", joint="\n\n    ").map("[^1]: {}".format),
    _each("", joint="\n    ").map("[^2]: {}".format),
    _each("| ", " | cd |").map("| a | b |\n|--|:-:|\n{}".format),
    _each("", " | cd").map("a | b\n--:|---\n{}".format),
    _each("| ", " |").map("| a |\n|---|\n{}".format),
    st.sampled_from(("| a | b |\n|---|---|", "===", "---", "***", "word\n---", "*[HTML]: Hyper")),
    st.sampled_from(
        ("[b]: http://x.org", "    code", "!!! note\n    x", ":   d", "<p>x</p>", "[TOC]")
    ),
    st.sampled_from(("", "\n", "///Footnotes Go Here///", "```\nx\n```", "   ", "#", "-", ">")),
)
blocks = st.lists(block, max_size=8).map("\n\n".join)
"""Texts of whole blocks, plain ones for the most part."""
