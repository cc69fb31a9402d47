#!/bin/sh
# The browser tests use Debian's Chromium and a Chinese and a Latin font: installs them where it may, says so where it may not.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="chromium"
if ! command -v fc-list >/dev/null 2>&1 || ! fc-list :lang=zh family 2>/dev/null | grep -q .; then
    missing="$missing fonts-noto-cjk"
fi
if ! command -v fc-list >/dev/null 2>&1 || ! fc-list : family 2>/dev/null | grep -q "Liberation Sans"; then
    missing="$missing fonts-liberation"
fi
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing $missing"
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing fontconfig >/dev/null
else
    echo "The browser tests need: $missing" >&2
    echo "Install them: sudo apt-get install --no-install-recommends $missing" >&2
    exit 1
fi
