#!/bin/sh
# Installs the shells whose completion is tested, where that asks nobody: as root, or in CI.
# Elsewhere, or where it fails, the tests of a shell that is not there are skipped with a reason.
missing=""
for name in zsh fish; do
    command -v "$name" >/dev/null 2>&1 || missing="$missing $name"
done
[ -n "$missing" ] || exit 0
as_root=""
if [ "$(id -u)" != 0 ]; then
    [ -n "${CI:-}${SITEGEN_REQUIRE_BROWSER:-}" ] || exit 0
    as_root="sudo -n"
fi
echo "installing$missing for the tests of completion"
if command -v apt-get >/dev/null 2>&1; then
    install() { $as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null; }
    install 2>/dev/null || { $as_root apt-get update -qq && install; }
elif command -v dnf >/dev/null 2>&1; then
    $as_root dnf install -y -q $missing >/dev/null
fi || echo "they can't be had: the tests of their completion will be skipped" >&2
exit 0
