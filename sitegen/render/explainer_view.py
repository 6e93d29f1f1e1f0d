"""Makes the view of an explainer's page."""

from sitegen import urls
from sitegen.model.dates import first_day
from sitegen.model.pages import Explainer
from sitegen.model.relations import RelatedExplainer
from sitegen.render.alerts import alert_views
from sitegen.render.citation_styles import cited
from sitegen.render.cite import page_citation
from sitegen.render.fragments import all_pieces, shown_body
from sitegen.render.frames import card_links, make_frame, topic_links
from sitegen.render.listings import correction, event
from sitegen.render.notes import body, evidence
from sitegen.render.place import Place
from sitegen.render.structured_data import article_data
from sitegen.render.views.links_and_dates import Link
from sitegen.render.views.listings import BacklinkView, RelatedView
from sitegen.render.views.pages import CitedPart, ExplainerPage, ImageView
from sitegen.render.views.running_text import Pieces
from sitegen.urls import companion, permalink

_WORDS_A_MINUTE = 230
_CHARACTERS_A_MINUTE = 500
_FEWEST_HEADINGS = 3
_CORRECTIONS = permalink("corrections")


def explainer_view(place: Place, explainer: Explainer) -> ExplainerPage:
    """Return exactly what explainer.html may see of `explainer`."""
    meta = explainer.meta
    site = place.site

    def beside(name: str) -> str:
        return place.href(companion(explainer.card.permalink, name))

    return ExplainerPage(
        frame=make_frame(
            place,
            meta.title,
            meta.summary,
            article=True,
            indexed=explainer.state == "published",
            structured_data=article_data(site, explainer) if explainer.state == "published" else "",
            page=explainer,
        ),
        state=explainer.state,
        title=meta.title,
        summary=meta.summary,
        topics=topic_links(place, explainer.topics),
        authors=card_links(place, explainer.authors),
        reading_minutes=_reading_minutes(place, explainer),
        published=place.date(explainer.day),
        updated=place.optional_date(explainer.updated),
        as_of=place.optional_date(meta.as_of),
        as_of_note=meta.as_of_note,
        reviewed=place.optional_date(meta.reviewed),
        reviewer=place.link(explainer.reviewer) if explainer.reviewer else None,
        stale_on=place.date(explainer.stale_on),
        stale=explainer.stale,
        alerts=alert_views(place, explainer.alerts),
        unsupported=len(explainer.unsupported),
        image=_image(place, explainer),
        key_points=_items(place, explainer, "key_points", len(meta.key_points)),
        known=_items(place, explainer, "known", len(meta.known)),
        unknown=_items(place, explainer, "unknown", len(meta.unknown)),
        body=body(place, explainer),
        show_contents=meta.toc,
        evidence=evidence(place, explainer),
        events=tuple(
            event(place, each, own_page=True)
            for each in sorted(
                explainer.events,
                key=lambda each: first_day(each.date, site.settings.zone),
            )
        ),
        corrections=tuple(
            correction(place, entry, None)
            for entry in sorted(meta.corrections, key=lambda each: each.date, reverse=True)
        ),
        corrections_href=place.href(_CORRECTIONS),
        citation=_citation(place, explainer),
        bibtex_href=beside("cite.bib") if site.settings.yaml.citation_files else "",
        ris_href=beside("cite.ris") if site.settings.yaml.citation_files else "",
        csl_href=beside("cite.json") if site.settings.yaml.citation_files else "",
        markdown_href=beside("index.md") if site.settings.yaml.markdown_copies else "",
        series=meta.series,
        series_parts=tuple(
            [
                Link(
                    href=place.href(card.permalink),
                    title=card.title,
                    current=card.name == explainer.card.name,
                )
                for card in explainer.series
            ]
        ),
        related=tuple([_related(place, each) for each in explainer.related]),
        linked_from=tuple(
            [
                BacklinkView(
                    href=place.href(link.page.permalink),
                    title=link.page.title,
                    lang=place.foreign(link.page.lang),
                    sentence=link.sentence,
                )
                for link in explainer.backlinks
            ]
        ),
    )


def _related(place: Place, related: RelatedExplainer) -> RelatedView:
    other = place.site.explainers[related.name]
    card = other.card
    return RelatedView(
        href=place.href(card.permalink),
        title=other.meta.title,
        lang=place.foreign(card.lang),
        chosen=related.chosen,
        shared_sources=related.shared_sources,
        shared_topics=related.shared_topics,
    )


def _items(place: Place, explainer: Explainer, key: str, count: int) -> tuple[Pieces, ...]:
    keys = [f"{key}.{number}" for number in range(count)]
    return all_pieces(place, explainer, keys) if keys else ()


def _image(place: Place, explainer: Explainer) -> ImageView | None:
    image = explainer.meta.image
    address = place.site.images.get(explainer.document.path)
    if image is None or address is None:
        return None
    return ImageView(href=place.href(address), alt=image.alt, credit=image.credit)


def _reading_minutes(place: Place, explainer: Explainer) -> int:
    by_character = explainer.card.lang.split("-")[0] in ("ja", "zh", "ko")
    pace = _CHARACTERS_A_MINUTE if by_character else _WORDS_A_MINUTE
    return max(1, round(shown_body(place.site, explainer).words / pace))


def _citation(place: Place, explainer: Explainer) -> tuple[CitedPart, ...]:
    """Return the page cited in words: author, title, site, dates, address."""
    yaml = place.site.settings.yaml
    if yaml.citation_style != "sitegen":
        return cited(page_citation(place.site, explainer), yaml.citation_style)
    own = yaml.publisher.name if yaml.publisher else yaml.title
    author = ", ".join(card.title for card in explainer.authors) or own
    dates = place.date(explainer.day).text
    if explainer.meta.reviewed:
        word = str(place.words["reviewed"]).lower()
        dates += f", {word} {place.date(explainer.meta.reviewed).text}"
    address = urls.absolute(place.site.settings.base, explainer.card.permalink)
    words = f"{author}. \u201c{explainer.meta.title}.\u201d {yaml.title}, {dates}. {address}"
    return (CitedPart(text=words),)
