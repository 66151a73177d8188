#!/bin/sh
# Draws the pictures of this folder: uncoil plays the keys and writes what its screen shows.
# Run it from the top of the repository; UNCOIL names the program, if it isn't the release build.
set -eu
uncoil=${UNCOIL:-target/release/uncoil}
examples=tests/programs/examples
memory=tests/stepping/programs/graph.py

# shot NAME PROGRAM KEYS [OPTIONS]
shot() {
    name=$1 program=$2 keys=$3
    shift 3
    case " $* " in
    *" --size "*) ;;
    *) set -- --size 120x36 "$@" ;;
    esac
    "$uncoil" shot --keys "$keys" -o "screenshots/$name.svg" "$@" "$program"
    echo "screenshots/$name.svg"
}

# Linking a node: `self.front.newer = node` is about to store.
shot lru_cache $examples/lru_cache.py ':until 69<ret>iii'
# A comparison in every stage of the compiler, from its tokens to its bytes.
shot pipeline $examples/bank.py ':until 36<ret>P3<up>'
# A breakpoint on every BINARY_OP, in the middle of a withdrawal.
shot bank_opcode $examples/bank.py ':break op BINARY_OP<ret>cccc'
# Three generators, each waiting for the one before.
shot tokenizer_generators $examples/tokenizer.py ':break 31<ret>cccn4' --theme cb-safe
# An exception that nobody caught: the frames are still there to look at.
shot uncaught $examples/uncaught.py 'c7' --light --theme light
# What the shot above looked like one instruction earlier.
shot step_back $examples/uncaught.py 'cIII'
# The ledger of an object: who took and gave up each reference to it.
shot ledger $memory ':layout memory<ret>:break 23<ret>c:ledger leaf<ret>'
# Inside one instruction: the collector subtracts the references that objects hold among themselves.
shot collection $memory ':break 26<ret>c:tbreak op CALL<ret>czzzzzzzzzzzz' --theme light --light
# What the names of the program lead to.
shot graph $memory ':break 23<ret>cii:focus graph<ret>++'
# A loop that has run often: the forms of its instructions, their caches, how often they fitted; one has just been given up.
shot forms tests/programs/examples/specialize.py ':set heat on<ret>:break deopt BINARY_OP<ret>c2++aa'
# The whole run: depth, output, breakpoints; ▲ chooses an instant.
shot timeline $examples/bank.py ':break op RAISE_VARARGS<ret>ccccccG:goto 1500<ret>:mark a<ret>:goto 900<ret>:timeline<ret>+<home><down><down><down>' --size 120x24
# A function field by field, with its closure.
shot code tests/programs/examples/tokenizer.py ':break 31<ret>ccc:code<ret>+' --theme light --light --size 120x30
# A prediction in a lesson, answered wrongly, then rightly.
"$uncoil" shot --learn 6 --title "uncoil learn 6" --size 120x36 --keys ']]ba' -o screenshots/lesson.svg
echo screenshots/lesson.svg
# A run in the browser; UNCOIL_BROWSER names one.
page=$(mktemp -d)
"$uncoil" export --to 700 --theme light -o "$page/bank.html" $examples/bank.py
"${UNCOIL_BROWSER:-chromium}" --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$page/profile" --window-size=1200,760 \
    --virtual-time-budget=2000 --screenshot=screenshots/export.png "file://$page/bank.html#step=402" 2>/dev/null
rm -r "$page"
echo screenshots/export.png
