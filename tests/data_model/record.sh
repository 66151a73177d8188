#!/usr/bin/env bash
# Records walk.out from CPython 3.11.
set -euo pipefail
cd "$(dirname "$0")"
PYTHONHASHSEED=0 python3.11 -B -W ignore walk.py >walk.out
