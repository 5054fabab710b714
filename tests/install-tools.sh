#!/bin/sh
# Installs what tests need besides Python where it may (root and apt); elsewhere the tests that
# need it are skipped and named at the end of the run.
set -u
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdfsig >/dev/null 2>&1 || missing="$missing poppler-utils"
command -v qpdf >/dev/null 2>&1 || missing="$missing qpdf"
command -v zbarimg >/dev/null 2>&1 || missing="$missing zbar-tools"
command -v initdb >/dev/null 2>&1 || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || missing="$missing postgresql"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Cài công cụ kiểm thử:$missing ..."
  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing; } >/dev/null 2>&1 && exit 0
fi
echo "Thiếu công cụ kiểm thử:$missing; các kiểm thử cần chúng được bỏ qua và nêu tên ở cuối."
