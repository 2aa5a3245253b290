#!/usr/bin/env bash
# Holds the include rules of HACKING.md against the tree: an include points only to the same layer or
# a lower one, LibTorch stays in six folders of core, Qt stays out of core. What other threads tell the window
# goes through one queue.
set -euo pipefail
cd "$1"
layers=(base io data device model train eval explain deploy workspace)
bad=0
complain() { echo "$1"; bad=1; }

# Lower layers, by folder of core. model, eval and train share their tables of names (kinds, metrics,
# losses, run_config), so those public headers may be seen by each other.
declare -A rank=([base]=0 [io]=1 [data]=2 [device]=3 [model]=4 [eval]=5 [train]=6 [explain]=7 [deploy]=8 [workspace]=9)
shared='core/(train/(run_config|losses|schedules)|model/kinds|eval/metrics)\.h'
for layer in "${layers[@]}"; do
    while IFS=: read -r file include; do
        other=$(sed -nE 's/.*"core\/([a-z]+)\/.*/\1/p' <<<"$include")
        [ -n "$other" ] || continue
        if [ "${rank[$other]}" -gt "${rank[$layer]}" ] && ! grep -qE "$shared" <<<"$include"; then
            complain "$file includes a higher layer: $include"
        fi
    done < <(grep -rnoE '#include "core/[^"]+"' "core/$layer" --include='*.h' --include='*.cpp' | sed -E 's/^([^:]+):[0-9]+:/\1:/')
done

while read -r file; do complain "$file: Qt in the core"; done < <(grep -rlE '#include <Q' core || true)
while read -r file; do complain "$file: the core includes widgets or app"; done < <(grep -rlE '#include "(widgets|app)/' core || true)
while read -r file; do complain "$file: widgets include the app"; done < <(grep -rlE '#include "app/' widgets || true)
while read -r file; do complain "$file: LibTorch in a public header or outside its folders"; done < <(
    grep -rlE '#include (<(torch|ATen|c10)/|".*_torch\.h")' core widgets app --include='*.h' --include='*.cpp' \
        | grep -vE '^core/(device|model|eval|train|explain|deploy)/(.*_torch\.h|.*\.cpp)$' || true)
while read -r file; do complain "$file: a queued call of Qt's, which no thread sanitizer sees: use widgets/parts/hand_over"; done < <(
    grep -rlE 'invokeMethod|QueuedConnection' widgets app || true)
[ "$bad" = 0 ] && echo "the include rules hold"
exit "$bad"
