#!/usr/bin/env bash
# Records the .out of every program below this folder (or of those named) from CPython 3.11.
set -euo pipefail
cd "$(dirname "$0")"
export PYTHONHASHSEED=0
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find . -name '*.py' | sort)
for file in "${files[@]}"; do
    out="${file%.py}.out" input=/dev/null status=0
    [ -f "${file%.py}.in" ] && input="${file%.py}.in"
    (cd "$(dirname "$file")" && python3.11 -B "$(basename "$file")") <"$input" >"$out" 2>/dev/null || status=$?
    [ "$status" = 0 ] || echo "# status $status" >>"$out"
done
