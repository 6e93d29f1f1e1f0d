"""`sitegen publish`, to a bare repository on this machine."""

import subprocess
from pathlib import Path

import pytest

from sitegen.deploy.tree import look_at
from sitegen.errors import SitegenError
from tests.cli.test_build_check import sitegen
from tests.sites import InlineSite

OWN_DOMAIN = "https://ada-explains.org/"


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ada", "-c", "user.email=ada@example.org")
    done = subprocess.run(
        ["git", *identity, *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout


@pytest.fixture
def remote(site: InlineSite) -> Path:
    """The site in a repository, built, with a bare repository as its remote."""
    bare = site.root.parent / "bare.git"
    git(site.root.parent, "init", "--quiet", "--bare", str(bare))
    git(site.root, "init", "--quiet", "--initial-branch", "main")
    git(site.root, "config", "user.name", "Ada")
    git(site.root, "config", "user.email", "ada@example.org")
    git(site.root, "remote", "add", "origin", str(bare))
    (site.root / ".gitignore").write_text("/output/\n/.sitegen/\n", encoding="utf-8")
    git(site.root, "add", "--all")
    git(site.root, "commit", "--quiet", "--message", "Begin")
    git(site.root, "push", "--quiet", "origin", "main")
    site.build()
    return bare


def published(bare: Path, folder: Path, branch: str = "gh-pages") -> dict[str, bytes]:
    """Return the files of the branch, as a server would have them."""
    git(bare.parent, "clone", "--quiet", "--branch", branch, str(bare), str(folder))
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and ".git" not in path.relative_to(folder).parts
        if path.name != ".sitegen.json"
    }


def test_the_branch_holds_the_site_and_keeps_its_history(
    site: InlineSite, remote: Path, tmp_path: Path
) -> None:
    dry = sitegen("publish", "--dry-run", "--root", site.root)
    assert dry.returncode == 0, dry.stderr
    assert dry.stdout.startswith("would push ")
    assert git(remote, "branch", "--list").split() == ["main"]

    done = sitegen("publish", cwd=site.root)
    assert done.returncode == 0, done.stderr
    assert "to 'gh-pages' of 'origin'" in done.stdout
    assert published(remote, tmp_path / "one") == site.tree()

    site.delete("content/pages/about.md")
    site.build()
    again = sitegen("publish", "--message", "Take about out", "--root", site.root)
    assert again.returncode == 0, again.stderr
    served = published(remote, tmp_path / "two")
    assert served == site.tree()
    assert "about/index.html" not in served
    log = git(remote, "log", "--format=%s", "gh-pages").split("\n")
    assert log[:2] == ["Take about out", "Publish the site"]
    assert git(site.root, "status", "--porcelain", "content/topics") == ""
    assert git(site.root, "branch", "--show-current").strip() == "main"


def test_a_tree_that_is_not_what_was_built_is_refused(site: InlineSite, remote: Path) -> None:
    output = site.root / "output"

    def said() -> str:
        done = sitegen("publish", "--root", site.root)
        assert (done.returncode, done.stdout) == (3, "")
        return done.stderr

    page = output / "index.html"
    built = page.read_bytes()
    page.write_bytes(built.replace(b"Test briefings", b"Fake briefings"))
    assert "files have changed since the build" in said()
    page.write_bytes(built)
    (output / "secret.txt").write_text("x", encoding="utf-8")
    assert "secret.txt: sitegen did not write this file" in said()
    (output / "secret.txt").unlink()
    (output / "link").symlink_to("/etc/passwd")
    assert "a symbolic link; Pages takes none" in said()
    (output / "link").unlink()
    page.chmod(0o600)
    assert "not everyone may read this file" in said()
    page.chmod(0o644)
    journal = site.root / ".output.sitegen" / "journal.json"
    journal.parent.mkdir()
    journal.write_text("{}", encoding="utf-8")
    assert "a build was cut short while it wrote" in said()
    assert git(remote, "branch", "--list").split() == ["main"]


def test_a_site_that_is_too_large_or_not_there_is_refused(site: InlineSite) -> None:
    with pytest.raises(SitegenError, match="nothing is built here"):
        look_at(site.root / "output")
    site.build(base_url=OWN_DOMAIN)
    with pytest.raises(SitegenError, match="GitHub Pages publishes at most 1 GB"):
        look_at(site.root / "output", most_bytes=1000)
    assert look_at(site.root / "output").domain == "ada-explains.org"


def test_nothing_of_others_is_overwritten(site: InlineSite, remote: Path) -> None:
    def said(*arguments: str) -> str:
        done = sitegen("publish", *arguments, "--root", site.root)
        assert (done.returncode, done.stdout) == (3, "")
        return done.stderr

    git(site.root, "push", "--quiet", "origin", "main:work")
    before = git(remote, "rev-parse", "work")
    assert "holds no site of sitegen's" in said("--branch", "work")
    assert "is checked out" in said("--branch", "main")
    assert "no remote 'upstream'" in said("--remote", "upstream")
    assert "is not the name" in said("--branch=--force")
    assert git(remote, "rev-parse", "work") == before

    site.build(base_url=OWN_DOMAIN)
    assert sitegen("publish", "--root", site.root).returncode == 0
    site.build(base_url="https://ada.github.io/briefings/")
    assert "says the site's domain is 'ada-explains.org'" in said()
    git(site.root, "remote", "set-url", "origin", str(remote.parent / "gone.git"))
    assert "can't be asked: '" in said()


def test_outside_a_repository_the_command_says_so(site: InlineSite) -> None:
    site.build()
    done = sitegen("publish", "--root", site.root, GIT_CEILING_DIRECTORIES=str(site.root.parent))
    assert done.returncode == 3
    assert "this is in no git repository" in done.stderr


def test_a_site_with_drafts_is_refused(site: InlineSite, remote: Path) -> None:
    site.build(drafts=True)
    refused = sitegen("publish", "--root", site.root)
    assert refused.returncode == 3
    assert "built with drafts or scheduled explainers; run 'sitegen build'" in refused.stderr
    site.build()
    assert sitegen("publish", "--root", site.root).returncode == 0
