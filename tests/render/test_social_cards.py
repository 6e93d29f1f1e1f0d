"""Social cards show what the page says, in pictures that are drawn once and never hold tofu."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sitegen.render.card_drawing import draw_card, drawable
from sitegen.render.line_breaking import break_lines, cut_lines
from sitegen.render.social_cards import SocialCard
from tests.sites import InlineSite

TITLE_BOX = (0, 180, 1200, 490)
BAR_BOX = (64, 502, 1136, 528)
CARD = SocialCard(
    site="Test briefings",
    topic="Housing",
    title="Why rents rise",
    shares=(3, 1),
    line="As of 6 Feb 2025. 4 cited claims, 2 sources",
)


def picture(title: str = CARD.title, shares: tuple[int, ...] = CARD.shares) -> Image.Image:
    card = SocialCard(site=CARD.site, topic=CARD.topic, title=title, shares=shares, line=CARD.line)
    image = Image.open(io.BytesIO(draw_card(card)))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB")


def ink(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Return how many points of a part are not paper."""
    colours = image.crop(box).getcolors(1 << 20) or []
    return sum(count for count, colour in colours if colour != (0xFC, 0xFC, 0xFA))


@pytest.mark.parametrize(
    "title",
    [
        "Why rents rise",
        "Ōta, Ryūkyū and the “line” – a déjà vu",
        "日米共同声明「新たな黄金時代」を読む",
        "Article V（第5条）とは",
        "Why " + "rents rise and " * 30,
        "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen" * 2,
    ],
)
def test_titles_are_drawn_inside_their_box(title: str) -> None:
    image = picture(title)
    assert ink(image, TITLE_BOX) > 3000
    assert ink(image, (0, 16, 63, 630)) == ink(image, (1138, 16, 1200, 630)) == 0


@pytest.mark.parametrize("title", ["السلام عليكم", "Rents 🏠", "थाई", "齉", "e\u0301\u0323x"])
def test_a_title_that_our_fonts_lack_is_left_out_whole(title: str) -> None:
    image = picture(title)
    assert not drawable(title)
    assert ink(image, TITLE_BOX) == 0
    assert ink(image, BAR_BOX) > 10_000


def test_the_bar_has_a_part_for_each_source_as_wide_as_its_share() -> None:
    solid = (0x12, 0x45, 0x9B)
    image = picture(shares=(3, 1))
    assert image.getpixel((80, 515)) == image.getpixel((860, 515)) == solid
    row = [image.getpixel((x, 515)) for x in range(880, 1130)]
    assert len(set(row)) == 2, "the second part is striped"
    assert ink(picture(shares=()), BAR_BOX) == 0


def test_the_same_card_has_the_same_bytes() -> None:
    assert draw_card(CARD) == draw_card(CARD)


@given(st.text(alphabet="ab 「」、。日本ー-", max_size=60))
def test_lines_hold_the_words_in_their_order_and_fit_where_words_do(text: str) -> None:
    lines = break_lines(text.strip(), 12, len)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        assert line[:1] not in ("、", "。", "」", "ー") or len(lines) == 1 or line == lines[0]
        assert line[-1:] != "「" or line == lines[-1]
    for line in cut_lines(lines, 2, 12, len):
        assert len(line) <= 12


SITE = """
-- content/site.yaml --
title: Test briefings
base_url: https://example.org/briefings/
language: en
time_zone: Asia/Tokyo
social_cards: true
"""


def test_a_build_draws_a_card_again_only_when_it_would_show_something_else(
    site: InlineSite,
) -> None:
    assert site.edit(SITE).build().published, site.said()
    path = "explainers/rents/card.png"
    page = site.output("explainers/rents/index.html")
    address = f"https://example.org/briefings/{path}"
    assert f'<meta property="og:image" content="{address}">' in page
    assert '<meta name="twitter:card" content="summary_large_image">' in page
    before = (site.root / "output" / path).read_bytes()
    text = (site.root / "content/explainers/rents.md").read_text("utf-8")
    site.edit(f"-- content/explainers/rents.md --\n{text}\nOne more sentence.\n")
    report = site.build()
    assert "explainers/rents/index.html" in report.rendered
    assert path not in report.rendered
    title = next(line for line in text.splitlines() if line.startswith("title:"))
    text = text.replace(title, "title: Another title")
    report = site.edit(f"-- content/explainers/rents.md --\n{text}").build()
    assert path in report.written
    assert (site.root / "output" / path).read_bytes() != before
    site.replace("content/site.yaml", "social_cards: true", "social_cards: false")
    assert path in site.build().removed
    page = site.output("explainers/rents/index.html")
    assert "og:image" not in page
    assert '<meta name="twitter:card" content="summary">' in page
