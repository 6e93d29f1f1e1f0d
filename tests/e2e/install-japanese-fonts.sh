#!/bin/sh
# Finds Japanese fonts that the style sheets name, or installs them by the system's package manager.
# Without one a browser looks through every font of the machine for each character, which no
# reader of Japanese waits for, and shows boxes.
command -v fc-list >/dev/null 2>&1 && fc-list :lang=ja family | grep -q "Noto Serif CJK JP\|Hiragino\|Yu Mincho" && exit 0
[ "$(uname)" = Darwin ] && exit 0
as_root=""
[ "$(id -u)" = 0 ] || as_root="sudo -n"
if command -v apt-get >/dev/null 2>&1; then
    echo "installing Japanese fonts"
    $as_root apt-get update -qq && $as_root apt-get install -y -qq --no-install-recommends fonts-noto-cjk fontconfig && exit 0
elif command -v dnf >/dev/null 2>&1; then
    $as_root dnf install -y -q google-noto-serif-cjk-fonts google-noto-sans-cjk-fonts && exit 0
fi
echo "no Japanese fonts to be had: Japanese pages are shown in boxes, and slowly" >&2
