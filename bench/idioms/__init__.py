"""How each tool wants a publication written: one module a tool, all alike."""

from bench.idioms import eleventy, hugo, mkdocs, pelican, sitegen, zensical
from bench.idioms.idiom import Idiom

IDIOMS: dict[str, Idiom] = {
    each.name: each
    for each in (
        sitegen.IDIOM,
        sitegen.FULL,
        sitegen.WITH_SEARCH,
        hugo.IDIOM,
        hugo.WITH_SEARCH,
        eleventy.IDIOM,
        pelican.IDIOM,
        mkdocs.IDIOM,
        zensical.IDIOM,
    )
}
