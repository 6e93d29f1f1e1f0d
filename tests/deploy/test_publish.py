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


def test_publishing_records_what_readers_see(site: InlineSite, remote: Path) -> None:
    ledger = site.root / "content/ledger.json"
    dry = sitegen("publish", "--dry-run", "--root", site.root)
    assert dry.stdout.endswith("would record what 1 explainer says in content/ledger.json\n")
    assert not ledger.exists()
    preview = sitegen("publish", "--no-ledger", "--branch", "preview", "--root", site.root)
    assert preview.returncode == 0, preview.stderr
    assert not ledger.exists()

    done = sitegen("publish", "--root", site.root)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(
        "recorded what 1 explainer says in content/ledger.json: commit it\n"
    )
    assert '"rents"' in ledger.read_text()
    before = ledger.read_bytes()
    again = sitegen("publish", "--root", site.root)
    assert "ledger.json" not in again.stdout
    assert ledger.read_bytes() == before

    rents = "content/explainers/rents.md"
    site.replace(rents, "rents rose by 4 per cent]", "rents rose by 5 per cent]")
    broken = sitegen("build", "--root", site.root)
    assert "'4 %' became '5 %'" in broken.stderr
    entry = "corrections: [{date: 2025-02-01, kind: correction, text: We erred.}]"
    site.replace(rents, "authors:", f"{entry}\nauthors:")
    assert sitegen("build", "--root", site.root).returncode == 0
    git(site.root, "remote", "set-url", "--push", "origin", str(remote.parent / "gone.git"))
    failed = sitegen("publish", "--root", site.root)
    assert (failed.returncode, ledger.read_bytes()) == (3, before)
    git(site.root, "remote", "set-url", "--push", "origin", str(remote))
    assert sitegen("publish", "--root", site.root).returncode == 0
    assert "5 %" in ledger.read_text()


def test_only_explainers_that_are_in_the_site_are_recorded(site: InlineSite, remote: Path) -> None:
    text = (site.root / "content/explainers/rents.md").read_text()
    later = text.replace("date: 2025-01-10", "date: 2025-03-01")
    secret = text.replace("authors:", "draft: true\nauthors:")
    site.edit(f"-- content/explainers/later.md --\n{later}")
    site.edit(f"-- content/explainers/secret.md --\n{secret}")
    site.build()  # on 2025-02-01
    assert sitegen("publish", "--root", site.root).returncode == 0
    ledger = (site.root / "content/ledger.json").read_text()
    assert '"rents"' in ledger
    assert '"later"' not in ledger
    assert '"secret"' not in ledger


@pytest.mark.parametrize("cache", [True, False])
def test_a_site_that_is_older_than_its_content_is_refused(
    site: InlineSite, remote: Path, cache: bool
) -> None:
    def said() -> str:
        done = sitegen("publish", "--root", site.root)
        assert (done.returncode, done.stdout) == (3, "")
        return done.stderr

    site.replace("content/pages/about.md", "How we work.", "How we did work.")
    assert "content/pages/about.md: has changed since" in said()
    assert "run 'sitegen build'" in said()
    site.build(cache=cache)
    assert sitegen("publish", "--root", site.root).returncode == 0
    (site.root / "content/pages/about.md").touch()  # and the build finds that nothing changed
    assert "content/pages/about.md" in said()
    site.build(cache=cache)
    site.build(cache=cache)
    assert sitegen("publish", "--root", site.root).returncode == 0
    site.delete("content/pages/about.md")
    assert "content/pages: has changed since" in said()
    site.build(cache=cache)
    site.edit("-- templates/404.html --\nGone.")
    assert "templates/404.html: has changed" in said()
    site.build(cache=cache)
    assert sitegen("publish", "--root", site.root).returncode == 0
    assert git(remote, "log", "--format=%s", "gh-pages").count("Publish") == 3
