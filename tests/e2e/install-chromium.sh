#!/bin/sh
# Finds a Chromium for the browser tests, or installs one by the system's package manager.
# Without one the tests are skipped with a reason, unless SITEGEN_REQUIRE_BROWSER is set.
for name in chromium chromium-browser google-chrome; do
    command -v "$name" >/dev/null 2>&1 && exit 0
done
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
    echo "installing Chromium for the browser tests"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends chromium && exit 0
elif command -v dnf >/dev/null 2>&1; then
    $as_root dnf install -y -q chromium && exit 0
elif command -v brew >/dev/null 2>&1; then
    brew install --cask chromium && exit 0
fi
echo "no Chromium to be had: browser tests will be skipped" >&2
[ -z "${SITEGEN_REQUIRE_BROWSER:-}" ]
