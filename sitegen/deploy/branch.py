"""Pushes a folder to a branch of a git remote, through ghp-import."""

import re
import subprocess
from contextlib import chdir
from pathlib import Path

from sitegen.errors import SitegenError

_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9._/-]*")
_OURS = ".nojekyll"
_NO_SUCH_BRANCH = 2
"""The exit status of `git ls-remote --exit-code` where nothing matches."""


class Branch:
    """A branch of a remote of the repository at `root`."""

    def __init__(self, root: Path, remote: str, name: str) -> None:
        self.root, self.remote, self.name = root, remote, name

    def prepare(self, domain: str) -> bool:
        """Fetch the branch and return whether it is there.

        `domain` is that of the site to be pushed. Raises SitegenError where pushing would fail, or
        would overwrite what sitegen did not make.
        """
        for what in (self.remote, self.name):
            if not _NAME.fullmatch(what) or ".." in what:
                raise SitegenError(f"'{what}' is not the name of a remote or a branch")
        if self._git("rev-parse", "--git-dir").returncode:
            raise SitegenError(f"{self.root}: this is in no git repository; run 'git init'")
        if self._git("remote", "get-url", self.remote).returncode:
            raise SitegenError(f"there is no remote '{self.remote}'; add it with 'git remote add'")
        current = self._git("symbolic-ref", "--quiet", "--short", "HEAD").stdout.strip()
        if current == self.name:
            raise SitegenError(f"the branch '{self.name}' is checked out; name another")
        listed = self._git("ls-remote", "--exit-code", "--heads", self.remote, self.name)
        if listed.returncode == _NO_SUCH_BRANCH:
            return False
        self._must("can't be asked", listed)
        own = f"refs/remotes/{self.remote}/{self.name}"
        fetched = self._git(
            "fetch", "--no-tags", "--quiet", self.remote, f"+refs/heads/{self.name}:{own}"
        )
        self._must("can't be fetched", fetched)
        if self._git("cat-file", "-e", f"{own}:{_OURS}").returncode:
            raise SitegenError(
                f"the branch '{self.name}' of '{self.remote}' holds no site of sitegen's; all in "
                "it would be lost: name another with --branch, or remove it"
            )
        there = self._git("show", f"{own}:CNAME")
        if not there.returncode and there.stdout.strip() != domain:
            now = f"'{domain}'" if domain else "no domain"
            raise SitegenError(
                f"the branch '{self.name}' says the site's domain is '{there.stdout.strip()}', and "
                f"the build has {now}; set base_url: in site.yaml, or remove the branch"
            )
        return True

    def push(self, folder: Path, message: str) -> str:
        """Commit `folder` as all that the branch holds, push it, and return the commit.

        The history of the branch is kept. Raises SitegenError where git refuses.
        """
        from ghp_import import GhpError, ghp_import

        with chdir(self.root):
            try:
                ghp_import(str(folder), remote=self.remote, branch=self.name, mesg=message)
            except (GhpError, OSError, TypeError) as error:
                # TypeError: how it ends where git fast-import fails, after git has said why.
                said = getattr(error, "message", None) or "git would not commit the site"
                raise SitegenError(str(said)) from None
        pushed = self._git("push", "--quiet", self.remote, f"{self.name}:{self.name}")
        self._must("refuses the push", pushed)
        return self._git("rev-parse", self.name).stdout.strip()

    def _git(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        try:
            return subprocess.run(  # noqa: S603
                ["git", *arguments],  # noqa: S607
                cwd=self.root,
                capture_output=True,
                encoding="utf-8",
                errors="replace",
                stdin=subprocess.DEVNULL,
                check=False,
            )
        except FileNotFoundError:
            raise SitegenError("publishing needs git, which is not installed") from None

    def _must(self, what: str, done: subprocess.CompletedProcess[str]) -> None:
        if done.returncode:
            lines = done.stderr.strip().split("\n")
            # git goes on with advice, over several lines.
            told = (each for each in lines if each.startswith(("fatal: ", "ERROR: ", " ! ")))
            why = next(told, lines[-1]).removeprefix("fatal: ").strip()
            raise SitegenError(f"the remote '{self.remote}' {what}: {why}")
