#!/usr/bin/env bash
# Records expected.txt of every lesson (or of those named) from CPython 3.11.
set -euo pipefail
cd "$(dirname "$0")"
export PYTHONHASHSEED=0
unset PYTHONUNBUFFERED # what stdout has pending is a list, which the collector counts
lessons=("$@")
[ ${#lessons[@]} -gt 0 ] || mapfile -t lessons < <(find . -mindepth 2 -name program.py -printf '%h\n' | sort)
for lesson in "${lessons[@]}"; do
    (cd "$lesson" && python3.11 -B program.py >expected.txt </dev/null)
done
