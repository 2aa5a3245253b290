#!/usr/bin/env bash
# Tries both packages where nothing else is: each in a bare Debian of its own, with a window on a display.
#   packaging/try_packages.sh ARCHIVE.tar.gz PACKAGE.deb
# Needs root, a network for Debian's own packages, and debootstrap and Xvfb, which it asks for. Leaves nothing behind.
set -euo pipefail
[ $# -eq 2 ] || { sed -n '2,4p' "$0"; exit 2; }
archive=$(realpath "$1") package=$(realpath "$2")
for tool in debootstrap Xvfb unshare; do
    command -v "$tool" >/dev/null || { echo "try_packages: $tool is missing: apt-get install debootstrap xvfb util-linux" >&2; exit 2; }
done
[ "$(id -u)" = 0 ] || { echo "try_packages: only root can make a root folder" >&2; exit 2; }

work=$(mktemp -d)
display=:$((100 + RANDOM % 400))
Xvfb "$display" -screen 0 1280x820x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; rm -rf "$work"' EXIT

say() { printf '== %s\n' "$*"; }

say "a bare Debian"
source=$({ cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true; } | grep -E '^(deb |URIs:)' | grep -oE 'https?://[^ ]+' | head -n 1)
suite=$(. /etc/os-release && echo "${VERSION_CODENAME:-bookworm}")
debootstrap --variant=minbase "$suite" "$work/archive" "$source" >"$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }
# The network's own settings, where there are some.
cp -r /etc/apt/apt.conf.d "$work/archive/etc/apt/"
mkdir -p "$work/archive/usr/local/share/ca-certificates"
cp -L /usr/local/share/ca-certificates/*.crt "$work/archive/usr/local/share/ca-certificates/" 2>/dev/null || true
cp -L /etc/resolv.conf "$work/archive/etc/resolv.conf"
cp -r "$work/archive" "$work/package"

# in ROOT COMMAND: as a program sees it that is started with an empty environment.
inside() {
    local root=$1; shift
    unshare --mount --propagation private bash -c '
        root=$1; shift
        mount -t proc proc "$root/proc"
        mkdir -p "$root/tmp/.X11-unix"; mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
        exec env -i "$@"' bash "$root" "${environment[@]}" /usr/sbin/chroot "$root" "$@"
}
install() { # ROOT PACKAGES...
    local root=$1; shift
    local environment=(PATH=/usr/sbin:/usr/bin:/sbin:/bin DEBIAN_FRONTEND=noninteractive HOME=/root)
    inside "$root" sh -c "apt-get install -y --no-install-recommends $*" >"$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }
}
# ROOT FOVEA...: the command line's whole way, then the window.
try() {
    local root=$1; shift
    local environment=()
    inside "$root" "$@" --version
    inside "$root" "$@" sample -o /tmp/sample
    inside "$root" "$@" train /tmp/sample -o /tmp/run --set epochs=1
    inside "$root" "$@" attention /tmp/run --user u0001 -o /tmp/map.png
    environment=("DISPLAY=$display" HOME=/root FOVEA_LOG=info)
    inside "$root" timeout 15 "$@" >"$work/window" 2>&1 || true
    grep "window painted" "$work/window" || { cat "$work/window"; exit 1; }
}

say "the archive, with only a display library beside it, without the loader's cache"
mkdir -p "$work/archive/opt/fovea"
tar -xzf "$archive" -C "$work/archive/opt/fovea" --strip-components=1
install "$work/archive" libegl1 libgl1 libopengl0
try "$work/archive" /lib64/ld-linux-x86-64.so.2 --inhibit-cache /opt/fovea/bin/fovea

say "the .deb"
cp "$package" "$work/package/opt/fovea.deb"
install "$work/package" /opt/fovea.deb
try "$work/package" /usr/bin/fovea
say "both run"
