"""A picture may be published, a program may not."""

import pytest

from sitegen.load.svg import svg_problem

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.mark.parametrize(
    "inside",
    [
        '<rect width="1" height="2" fill="url(#g)"/><title>T</title><use href="#a"/>',
        "<style>.a{fill:red}</style><g><path d='M0 0'/></g>",
        '<image href="data:image/png;base64,AAAA"/>',
        '<metadata><r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#"/></metadata>',
    ],
)
def test_pictures(inside: str) -> None:
    assert svg_problem(SVG.format(inside).encode()) == ""


@pytest.mark.parametrize(
    "data",
    [
        SVG.format("<script>x</script>").encode(),
        SVG.format('<s:script xmlns:s="http://www.w3.org/2000/svg">x</s:script>').encode(),
        SVG.format('<h:script xmlns:h="http://www.w3.org/1999/xhtml">x</h:script>').encode(),
        SVG.format("<script>x</script>").encode("utf-16"),
        b'<!DOCTYPE svg [<!ATTLIST svg onload CDATA "x">]>' + SVG.format("").encode(),
        SVG.format('<rect onclick="x"/>').encode(),
        SVG.format('<a><set attributeName="href" to="javascript:x"/></a>').encode(),
        SVG.format('<use xlink:href="https://example.org/x.svg#a"/>').encode(),
        SVG.format('<image href="data:image/svg+xml;base64,AAAA"/>').encode(),
        SVG.format("<style>@import 'https://example.org/x.css'</style>").encode(),
        SVG.format("<foreignObject/>").encode(),
        b"<?xml-stylesheet href='x'?>" + SVG.format("").encode(),
        b"<svg",
        b"<svg><script>x</script></svg>",
    ],
)
def test_programs(data: bytes) -> None:
    assert svg_problem(data) != ""
