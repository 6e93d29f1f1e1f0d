"""sitegen verify"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen.cli.main import CONTENT_ERRORS
from sitegen.cli.options import quiet_option, verbose_option
from sitegen.cli.reporting import counted

if TYPE_CHECKING:
    from sitegen.cli.reading import SiteFiles
    from sitegen.deploy.limits import FoundFile
    from sitegen.evidence.audit import Evidence
    from sitegen.evidence.texts import Parts
    from sitegen.evidence.verify import Problem

_MOST_SHOWN = 50


@click.command()
@click.argument("site", metavar="DIR|URL")
@quiet_option
@verbose_option
def command(site: str, quiet: bool, verbose: bool) -> None:
    """Hold a built site against its evidence and GitHub Pages' limits.

    DIR is a folder such as output/, URL the address of a site. Nothing else is needed: every claim
    on its pages is compared with /api/evidence.json, its words, its sentence and the passage it
    rests on, and all other text with the digests in /api/text/. Of a folder this also tells what
    GitHub Pages would refuse: too large a site, links, files that not everyone may read; and
    whether a build was cut short while it wrote. The exit status is 1 if there is anything. -v
    names the pages.

    Example: sitegen verify output
    """
    from sitegen.cli.reading import NotThere, site_files
    from sitegen.errors import SitegenError
    from sitegen.evidence.audit import PATH, read_evidence

    found = _found(Path(site)) if Path(site).is_dir() else []
    refused = _refused(Path(site), found) if found else []
    for line in refused[:_MOST_SHOWN]:
        click.echo(f"{site}: {line}", err=True)
    if len(refused) > _MOST_SHOWN:
        click.echo(f"... and {len(refused) - _MOST_SHOWN} more", err=True)
    files = site_files(site)
    try:
        evidence = read_evidence(files.read(PATH))
    except NotThere:
        raise click.UsageError(
            f"{site} has no {PATH}: it is no site that sitegen built, or one with 'api: false'"
        ) from None
    except ValueError as error:
        raise SitegenError(f"{site}: {PATH}: {error}") from None
    differences = 0
    texts, gone = _texts(files, evidence, site)
    for problem in (*gone, *_problems(files, evidence, texts)):
        differences += 1
        claim = f"#c{problem.claim}" if problem.claim else ""
        click.echo(f"{problem.address}{claim}: {problem.message}", err=True)
    if verbose:
        for page in evidence.pages:
            click.echo(f"  {page.address}  {len(page.claims)}")
    if differences:
        click.echo(f"{differences} differences", err=True)
    if differences or refused:
        sys.exit(CONTENT_ERRORS)
    if found and not quiet:
        size = sum(each.size for each in found) / 1e6
        click.echo(f"{len(found)} files and folders, {size:.1f} MB: GitHub Pages takes them")
    if not quiet:
        claims = sum(len(page.claims) for page in evidence.pages)
        said = f"{counted(claims, 'claim')} on {counted(len(evidence.pages), 'page')}"
        click.echo(f"{said}, and the text of {len(texts)}, are as they were published")


def _found(folder: Path) -> "list[FoundFile]":
    from sitegen.deploy.tree import found_files

    return list(found_files(folder))


def _refused(folder: Path, found: "list[FoundFile]") -> list[str]:
    """Return what keeps a folder from being published."""
    from sitegen.deploy.limits import problems
    from sitegen.publish.writer import has_open_journal

    lines = problems(found)
    if has_open_journal(folder):
        lines.append("a build was cut short while it wrote; run 'sitegen build' to finish it")
    return lines


def _texts(
    files: "SiteFiles", evidence: "Evidence", site: str
) -> "tuple[dict[str, Parts], list[Problem]]":
    """Return the digests of each page's text by its address, and which files of them are gone."""
    from sitegen.cli.reading import NotThere
    from sitegen.errors import SitegenError
    from sitegen.evidence.texts import read_texts, text_path
    from sitegen.evidence.verify import Problem

    texts: dict[str, Parts] = {}
    gone = []
    for path in map(text_path, range(evidence.text_files)):
        try:
            texts.update(read_texts(files.read(path)).pages)
        except NotThere:
            gone.append(Problem(address=path, claim=0, message="the digests of texts are gone"))
        except ValueError as error:
            raise SitegenError(f"{site}: {path}: {error}") from None
    return texts, gone


def _problems(
    files: "SiteFiles", evidence: "Evidence", texts: "dict[str, Parts]"
) -> "Iterator[Problem]":
    from sitegen.cli.reading import NotThere
    from sitegen.evidence.verify import Problem, problems_of

    pages = {page.address: page for page in evidence.pages}
    every = {
        f"/{page.address}#c{claim.number}": claim
        for page in evidence.pages
        for claim in page.claims
    }
    for address in {**pages, **texts}:
        try:
            html = files.read(f"{address}index.html").decode("utf-8", "replace")
        except NotThere:
            yield Problem(address=address, claim=0, message="the page is gone")
            continue
        yield from problems_of(address, pages.get(address), texts.get(address, {}), html, every)
