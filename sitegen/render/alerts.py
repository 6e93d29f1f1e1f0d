"""Makes what shows that a source has changed under what rests on it."""

import html

from sitegen.model.pages import Page
from sitegen.model.relations import SourceAlert
from sitegen.model.site import Site
from sitegen.render.place import Place, Words
from sitegen.render.public import whole_address
from sitegen.render.views.sources import SourceAlertView


def alert_views(place: Place, alerts: tuple[SourceAlert, ...]) -> tuple[SourceAlertView, ...]:
    """Return alerts as pages show them."""
    return tuple(
        [
            SourceAlertView(
                href=place.href(alert.source.permalink),
                title=alert.source.title,
                lang=place.foreign(alert.source.lang),
                status=alert.status,
                note=alert.note,
                successor=place.link(alert.successor) if alert.successor else None,
            )
            for alert in alerts
        ]
    )


def alert_of(page: Page, source: str) -> SourceAlert | None:
    """Return the alert that a page has for a source, if any."""
    return next((alert for alert in page.alerts if alert.source.name == source), None)


def alerts_html(site: Site, alerts: tuple[SourceAlert, ...], words: Words) -> str:
    """Return alerts as paragraphs that stand alone, for feeds."""
    return "".join(
        f"<p><strong>{html.escape(words['source_alerts'][alert.status])}</strong> "
        f'<a href="{html.escape(whole_address(site, alert.source.permalink))}">'
        f"{html.escape(alert.source.title)}</a>. {html.escape(alert.note)}</p>\n"
        for alert in alerts
    )
