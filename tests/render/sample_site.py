"""A small publication as render receives it, its values made by hand.

`rents` is published and corrected, `older` is published, `rents.ja` is a translation, `secret` is a
draft and `later` is scheduled: the last two are there because of --drafts and --future.
"""

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import Any

import yaml

from sitegen.evidence.audit import claim_records
from sitegen.model.document import (
    Body,
    Citation,
    CitedSource,
    ClaimRecord,
    Document,
    Fragment,
    Reference,
    ShownBody,
    ShownFragment,
    hole,
)
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
from sitegen.model.pages import Author, Explainer, Source, StandingPage, State, Term, Topic
from sitegen.model.relations import (
    Card,
    CitingPage,
    Correction,
    RelatedExplainer,
    SourceUse,
    Target,
    TermUse,
)
from sitegen.model.settings import Publisher, Settings, SiteYaml
from sitegen.model.site import Site
from sitegen.render.data_recipes import RENDERERS, data_recipes
from sitegen.render.folders import default_folder
from sitegen.render.pages import make_view
from sitegen.render.recipe import Interface
from sitegen.urls import file_permalink, parse_base_url, permalink

BASE = "https://briefs.example.org/repo"
BODY = """The office says [rents rose][@report-2024, p. 2].

See [housing](../topics/housing.md). `<!-- shown -->`
"""
FIRST = Citation(number=1, source="report-2024", words="Rents rose", part="key_points")
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
            "anchors": (),
            "references": (),
            "cited": (),
            "events": (),
            "dated": (),
            "key_points": (),
            "texts": {},
        }
        | values
    )


def body(**values: Any) -> Body:
    defaults: dict[str, Any] = {
        "fragments": {"body": Fragment(html="<p>Text.</p>\n", text="Text.")},
        "headings": (),
        "citations": (),
        "words": 1,
        "markdown": "Text.\n",
        "spans": {},
    }
    return Body(**defaults | values)


EXPLAINER_BODY = body(
    fragments={
        "key_points.0": Fragment(html=f"Rents rose{hole('c', 1)}.", text="Rents rose."),
        "body": Fragment(
            html=f'<p>Rents rose{hole("c", 2)}: <a href="{hole("h", 0)}">housing</a>.</p>\n',
            text="Rents rose: housing.",
        ),
    },
    citations=(FIRST, CITATION),
    markdown=BODY,
)


class SampleBodies:
    """Every explainer's body is the same one."""

    def __getitem__(self, path: str) -> Body:
        if path.startswith("content/explainers/"):
            return EXPLAINER_BODY
        definition = Fragment(html="The most.", text="The most.")
        return body(fragments={"body": Fragment(html=""), "definition": definition})

    def shown(self, path: str) -> ShownBody:
        whole = self[path]
        return ShownBody(
            fragments={
                name: ShownFragment(html=fragment.html)
                for name, fragment in whole.fragments.items()
            },
            headings=whole.headings,
            citations=whole.citations,
            words=whole.words,
        )

    def citations(self, paths: Sequence[str], source: str) -> Iterator[tuple[Citation, ...]]:
        for path in paths:
            yield tuple(each for each in self[path].citations if each.source == source)

    def claims(self, path: str) -> tuple[ClaimRecord, ...]:
        return claim_records((), self[path].citations)

    def texts(self, path: str) -> dict[str, list[str]]:
        return {}

    def term_uses(self, path: str) -> tuple[TermUse, ...]:
        if not path.startswith("content/explainers/"):
            return ()
        return (TermUse(fragment="body", start=3, end=8, term="rent-cap"),)


def page(own: Card, meta: FrontMatter, **values: Any) -> dict[str, Any]:
    return {
        "document": document(own, meta, **values),
        "card": own,
        "claims": 0,
        "targets": (),
        "terms": (),
        "uses": (),
        "alerts": (),
        "standings": {},
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
    values = page(
        own,
        meta,
        references=(Reference(form="path", target="../topics/housing.md"),),
        cited=(CitedSource(source="report-2024", claims=2, digest=b"1"),),
        texts={"key_points.0": "Rents rose."},
    )
    values["claims"] = 2
    values["targets"] = (Target(permalink=HOUSING.permalink, title=HOUSING.title, lang="en"),)
    values["terms"] = ("rent-cap",)
    values["uses"] = (SourceUse(source="report-2024", number=1, claims=2),)
    values["translations"] = translations
    corrected = max((entry.date for entry in meta.corrections), default="")
    return Explainer(
        **values,
        state=state,
        listed=listed,
        day=meta.date[:10],
        updated=max(meta.updated[:10], corrected),
        changed=max(meta.date, meta.updated, corrected),
        stale_on="2025-08-01",
        stale=False,
        topics=meta.topics,
        authors=authors,
        reviewer=None,
        unsupported=(),
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
        "sources": (SourceUse(source="report-2024", number=1, claims=2),),
        "timeline": (),
        "published": tuple(
            each.card.name for each in all_explainers if each.listed and each.state == "published"
        ),
        "start_here": None,
        "glossary": (),
    }
    rent_cap = card("term", "rent-cap", "Rent cap")
    about = card("page", "about", "About")
    latest = sorted(
        (each for each in all_explainers if each.listed and each.state == "published"),
        key=lambda each: (each.changed[:10], each.changed),
        reverse=True,
    )
    return Site(
        settings=make_settings(base, **keys),
        as_of="2025-02-01",
        explainers={each.card.name: each for each in all_explainers},
        listed=members,
        sources={
            "report-2024": Source(
                **page(REPORT, report),
                cited_by=tuple(
                    CitingPage(
                        page=each.card, path=each.document.path, claims=2, digest=b"1", standings={}
                    )
                    for each in all_explainers
                ),
                topics=("housing",),
                successor=None,
                same_publisher=(),
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
                **page(rent_cap, cap),
                slug="rent-cap",
                definition="The most.",
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
        images={"content/explainers/rents.md": file_permalink("explainers", "rents.png")},
        latest=tuple(each.card.name for each in latest),
        standing=(about,),
        bodies=SampleBodies(),
    )


def make_publisher(name: str, **keys: str) -> Publisher:
    return Publisher(name=name, **keys)


@cache
def _words() -> Any:
    return yaml.safe_load((default_folder() / "strings/en.yaml").read_text("utf-8"))


def outputs(site: Site) -> dict[str, bytes]:
    """Return every output besides HTML pages, by its place."""
    made = {}
    interface = Interface(words={"en": _words()}, assets={})
    for recipe in data_recipes(site):
        assert recipe.output_path not in made
        view = make_view(recipe, site, interface)
        made[str(recipe.output_path)] = RENDERERS[recipe.renderer](view)
    return made
