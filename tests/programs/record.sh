#!/usr/bin/env bash
# Records the .out of every program below this folder (or of those named) from CPython 3.11, and the .err of those that
# write to standard error.
set -euo pipefail
cd "$(dirname "$0")"
export PYTHONHASHSEED=0
unset PYTHONUNBUFFERED # what stdout has pending is a list, which the collector counts
files=("$@")
[ ${#files[@]} -gt 0 ] || mapfile -t files < <(find . -name '*.py' | sort)
for file in "${files[@]}"; do
    out="${file%.py}.out" input=/dev/null status=0
    [ -f "${file%.py}.in" ] && input="${file%.py}.in"
    (cd "$(dirname "$file")" && python3.11 -B "$(basename "$file")") <"$input" >"$out" 2>"$out.err" || status=$?
    sed -E "s|$(cd "$(dirname "$file")" && pwd)/||g; s/0x[0-9a-fA-F]*/0x…/g" "$out.err" >"${file%.py}.err"
    rm "$out.err"
    [ -s "${file%.py}.err" ] || rm "${file%.py}.err"
    [ "$status" = 0 ] || echo "# status $status" >>"$out"
done
