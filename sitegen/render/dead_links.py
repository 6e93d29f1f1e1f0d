"""Says behind each link to a dead address that it is dead, and where a stored copy is."""

import html
import re

from sitegen.model.links import DeadLink
from sitegen.render.place import Words

_LINK = re.compile(r'<a [^<>]*?href="([^"]*)"[^<>]*>.*?</a>', re.DOTALL)


def with_dead_links(words: Words, links: tuple[DeadLink, ...], text: str) -> str:
    """Return HTML with a note behind each link to a dead address, and its stored copy if any."""
    if not links or "<a " not in text:
        return text
    dead = {link.url: link for link in links}

    def note(found: re.Match[str]) -> str:
        link = dead.get(html.unescape(found[1]).strip())
        if link is None:
            return found[0]
        said = html.escape(words["no_longer_online"])
        if link.archive_url:
            copy = html.escape(words["archived_copy"])
            said += f': <a href="{html.escape(link.archive_url)}" rel="external">{copy}</a>'
        return f'{found[0]} <span class="loc">({said})</span>'

    return _LINK.sub(note, text)
