#!/usr/bin/env bash
# The long check exact-tiles on AdvSimd where there is no Arm machine: published for linux-arm64 and run under qemu's user mode emulation.
#   tests/LongChecks/arm-under-qemu.sh [count] [seed]        default 20000, 1
# Exit code 0: equal; 1: a difference, or not the instructions that are meant; 3: not supported here, with the reason.
# Needs the .NET SDK and Debian's apt-get and dpkg; what it fetches goes into artifacts/arm, and nothing is installed.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

count=${1:-20000} seed=${2:-1}
folder=$PWD/artifacts/arm
app=$folder/app/Spanker.Conformance.Tests.LongChecks

not_supported() {
  echo "not-supported: $*"
  exit 3
}

# Debian's arm64 packages by lists of their own, so that this machine's architectures stay as they are.
fetch() {
  local architecture=$1 target=$2 lists=$folder/apt-$1
  shift 2
  mkdir -p "$lists/lists/partial" "$lists/archives/partial" "$lists/debs" "$target"
  : >"$lists/status"
  local options=(-qq -o "Dir::State::Lists=$lists/lists" -o "Dir::State::status=$lists/status" -o "Dir::Cache=$lists"
    -o "APT::Architecture=$architecture" -o "APT::Architectures=$architecture" -o APT::Sandbox::User=)
  apt-get "${options[@]}" update && (cd "$lists/debs" && apt-get "${options[@]}" download "$@") || return 1
  local deb
  for deb in "$lists/debs"/*.deb; do dpkg -x "$deb" "$target"; done
}

for tool in dotnet apt-get dpkg; do
  command -v "$tool" >/dev/null || not_supported "no $tool"
done

mkdir -p "$folder"
qemu=$(command -v qemu-aarch64-static || command -v qemu-aarch64 || echo "$folder/tools/usr/bin/qemu-aarch64-static")
[ -x "$qemu" ] || fetch "$(dpkg --print-architecture)" "$folder/tools" qemu-user-static || not_supported "no qemu-aarch64, and Debian's qemu-user-static cannot be fetched"
[ -e "$folder/sysroot/lib/ld-linux-aarch64.so.1" ] || fetch arm64 "$folder/sysroot" libc6 libgcc-s1 libstdc++6 zlib1g \
  || not_supported "Debian's arm64 libraries cannot be fetched"

# A copy, as the lock files name no packages for linux-arm64.
rm -rf "$folder/source" "$folder/app"
mkdir -p "$folder/source"
git -c safe.directory="$PWD" ls-files -z -- . ':!*packages.lock.json' ':!golden' ':!docs' | tar --null -T - -cf - | tar -C "$folder/source" -xf -
(cd "$folder/source" && dotnet restore tests/LongChecks -r linux-arm64 -p:RestorePackagesWithLockFile=false -p:RestoreLockedMode=false -v quiet) \
  || not_supported "the packages of .NET for linux-arm64 cannot be restored"
(cd "$folder/source" && dotnet publish tests/LongChecks --no-restore -c Release -r linux-arm64 --self-contained -v quiet \
  -p:RestorePackagesWithLockFile=false -p:ValidateExecutableReferencesMatchSelfContained=false -o "$folder/app")

# $1: the value of DOTNET_EnableHWIntrinsic; $2: what must stand in the line of flags.
run() {
  local output=$folder/output-$1
  DOTNET_EnableHWIntrinsic=$1 "$qemu" -L "$folder/sysroot" "$app" exact-tiles-here --count "$count" --seed "$seed" | tee "$output"
  head -n 1 "$output" | grep -q "$2" || { echo "the process is not on the path that was meant: no $2"; exit 1; }
}

run 1 ' AdvSimd.Arm64=True$'
run 0 ' AdvSimd.Arm64=False$'
