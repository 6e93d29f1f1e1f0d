"""A small publication as render receives it, its values made by hand.

`rents` is published and corrected, `older` is published, `rents.ja` is a translation, `secret` is a
draft and `later` is scheduled: the last two are there because of --drafts and --future.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sitegen.model.document import Citation, Document, Fragment, Reference, hole
from sitegen.model.front_matter import (
    FOLDERS,
    AuthorMeta,
    CorrectionEntry,
    ExplainerMeta,
    FrontMatter,
    Image,
    Kind,
    PageMeta,
    SourceMeta,
    TermMeta,
    TopicMeta,
)
from sitegen.model.settings import Publisher, Settings, SiteYaml
from sitegen.model.site import (
    Author,
    Card,
    CitingPage,
    Correction,
    Explainer,
    RelatedExplainer,
    Site,
    Source,
    SourceUse,
    StandingPage,
    State,
    Target,
    Term,
    TermUse,
    Topic,
)
from sitegen.render.data_recipes import RENDERERS, data_recipes
from sitegen.urls import Permalink, file_permalink, parse_base_url, permalink

BASE = "https://briefs.example.org/repo"
BODY = """The office says [rents rose][@report-2024, p. 2].

See [housing](../topics/housing.md). `<!-- shown -->`
"""
CITATION = Citation(number=2, source="report-2024", locator="p. 2", words="rents rose", part="body")


def card(kind: Kind, name: str, title: str, lang: str = "en") -> Card:
    slug, _, suffix = name.partition(".")
    folder = [] if kind == "page" else [FOLDERS[kind]]
    at = permalink(*([suffix] if suffix else []), *folder, slug)
    return Card(kind=kind, name=name, permalink=at, title=title, lang=lang)


def document(own: Card, meta: FrontMatter, **values: Any) -> Document:
    slug, _, suffix = own.name.partition(".")
    return Document(
        **{
            "kind": own.kind,
            "name": own.name,
            "slug": slug,
            "lang": own.lang,
            "lang_suffix": suffix,
            "path": f"content/{FOLDERS[own.kind]}/{own.name}.md",
            "meta": meta,
            "spans": {},
            "fragments": {"body": Fragment(html="<p>Text.</p>\n", text="Text.")},
            "headings": (),
            "anchors": (),
            "references": (),
            "citations": (),
            "words": 1,
            "markdown": "Text.\n",
        }
        | values
    )


def page(own: Card, meta: FrontMatter, **values: Any) -> dict[str, Any]:
    return {
        "document": document(own, meta, **values),
        "card": own,
        "meta": meta,
        "targets": (),
        "terms": (),
        "uses": (),
        "events": (),
        "translations": (),
        "backlinks": (),
    }


SOCIETY = card("topic", "society", "Society")
HOUSING = card("topic", "housing", "Housing & homes")
REPORT = card("source", "report-2024", "A report on rents")
ADA = card("author", "ada", "Ada Writer")


def explainer(
    name: str = "rents",
    *,
    lang: str = "en",
    state: State = "published",
    listed: bool = True,
    related: tuple[str, ...] = (),
    translations: tuple[Card, ...] = (),
    authors: tuple[Card, ...] = (ADA,),
    **keys: Any,
) -> Explainer:
    """Return an explainer; `keys` are those of its front matter."""
    meta = ExplainerMeta(
        **{
            "title": f"Title of {name}",
            "summary": f"Summary of {name}.",
            "date": "2025-01-10",
            "topics": ("housing",),
            "sources": ("report-2024",),
            "key_points": ("[Rents rose][@report-2024].",),
            "aliases": ("/hidden-alias/",),
            "acknowledge": ("report-2024",),
        }
        | keys
    )
    own = card("explainer", name, meta.title, lang)
    first = Citation(number=1, source="report-2024", words="Rents rose", part="key_points")
    values = page(
        own,
        meta,
        fragments={
            "key_points.0": Fragment(html=f"Rents rose{hole('c', 1)}.", text="Rents rose."),
            "body": Fragment(
                html=f'<p>Rents rose{hole("c", 2)}: <a href="{hole("h", 0)}">housing</a>.</p>\n',
                text="Rents rose: housing.",
            ),
        },
        references=(Reference(form="path", target="../topics/housing.md"),),
        citations=(first, CITATION),
        markdown=BODY,
    )
    values["targets"] = (Target(permalink=HOUSING.permalink, title=HOUSING.title, lang="en"),)
    values["terms"] = (TermUse(fragment="body", start=3, end=8, term="rent-cap"),)
    values["uses"] = (SourceUse(source="report-2024", number=1, citations=(first, CITATION)),)
    values["translations"] = translations
    corrected = max((entry.date for entry in meta.corrections), default="")
    return Explainer(
        **values,
        state=state,
        listed=listed,
        day=meta.date[:10],
        updated=max(meta.updated[:10], corrected),
        stale_on="2025-08-01",
        topics=meta.topics,
        authors=authors,
        reviewer=None,
        related=tuple(
            RelatedExplainer(name=other, chosen=True, shared_sources=1, shared_topics=1)
            for other in related
        ),
        series=(),
    )


def sample_explainers() -> tuple[Explainer, ...]:
    return (
        explainer("later", date="2026-01-01", state="scheduled"),
        explainer("secret", date="2025-02-01", state="draft"),
        explainer(
            "rents",
            date="2025-01-10T09:30:00+09:00",
            reviewed="2025-01-20",
            as_of="2025-01",
            corrections=(
                CorrectionEntry(date="2025-01-15", kind="correction", text="It was 4 & not 5."),
            ),
            image=Image(src="rents.png", alt="A street"),
            related=("older", "secret", "later"),
            translations=(card("explainer", "rents.ja", "家賃", "ja"),),
        ),
        explainer("rents.ja", lang="ja", title="家賃", summary="家賃の話", listed=False),
        explainer("older", date="2024-12-01", authors=()),
    )


def make_settings(base: str = BASE, **keys: Any) -> Settings:
    yaml = SiteYaml(
        **{
            "title": "Test briefings",
            "base_url": base,
            "language": "en",
            "time_zone": "Asia/Tokyo",
            "description": "For tests.",
        }
        | keys
    )
    parsed = parse_base_url(base)
    assert parsed is not None
    return Settings(yaml=yaml, base=parsed, search=False)


def make_site(
    explainers: Iterable[Explainer] | None = None, *, base: str = BASE, **keys: Any
) -> Site:
    """Return the site of `explainers`; `keys` are those of site.yaml."""
    all_explainers = tuple(sample_explainers() if explainers is None else explainers)
    report = SourceMeta(
        title=REPORT.title,
        publisher="The Rent Office",
        published="2024-11",
        url="https://office.example.com/report_(final)",
        kind="report",
        status="corrected",
    )
    society = TopicMeta(title=SOCIETY.title, summary="All of it.")
    housing = TopicMeta(title=HOUSING.title, summary="Where people live.", parent="society")
    cap = TermMeta(term="Rent cap", definition="The most.", also=("ceiling",), topics=("housing",))
    members = tuple(each.card.name for each in all_explainers if each.listed)
    nothing: dict[str, Any] = {
        "related": (),
        "sources": ("report-2024",),
        "timeline": (),
        "start_here": None,
        "glossary": (),
    }
    rent_cap = card("term", "rent-cap", "Rent cap")
    about = card("page", "about", "About")
    images: Mapping[tuple[Kind, str], Permalink] = {
        ("explainer", "rents"): file_permalink("explainers", "rents.png")
    }
    return Site(
        settings=make_settings(base, **keys),
        as_of="2025-02-01",
        explainers={each.card.name: each for each in all_explainers},
        sources={
            "report-2024": Source(
                **page(REPORT, report),
                cited_by=tuple(
                    CitingPage(page=each.card, citations=each.document.citations)
                    for each in all_explainers
                ),
                topics=("housing",),
                successor=None,
            )
        },
        topics={
            "housing": Topic(
                **page(HOUSING, housing),
                **nothing,
                ancestors=(SOCIETY,),
                children=(),
                explainers=members,
            ),
            "society": Topic(
                **page(SOCIETY, society),
                **nothing,
                ancestors=(),
                children=(HOUSING,),
                explainers=members,
            ),
        },
        terms={
            "rent-cap": Term(
                **page(
                    rent_cap,
                    cap,
                    fragments={"definition": Fragment(html="The most.", text="The most.")},
                ),
                used_in=(),
            )
        },
        authors={
            "ada": Author(
                **page(ADA, AuthorMeta(name=ADA.title, email="ada@private.example")),
                explainers=members,
                corrections=1,
            )
        },
        pages={"about": StandingPage(**page(about, PageMeta(title="About")))},
        timeline=(),
        corrections=tuple(
            Correction(page=each.card, entry=entry)
            for each in all_explainers
            for entry in each.meta.corrections
        ),
        redirects=(),
        expired=(),
        files=(),
        nav=(),
        images=images,
    )


def make_publisher(name: str, **keys: str) -> Publisher:
    return Publisher(name=name, **keys)


def outputs(site: Site) -> dict[str, bytes]:
    """Return every output besides HTML pages, by its place."""
    made = {}
    for recipe in data_recipes(site):
        assert recipe.output_path not in made
        made[str(recipe.output_path)] = RENDERERS[recipe.renderer](recipe.view)
    return made
