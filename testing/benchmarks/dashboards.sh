#!/usr/bin/env bash
# Ten queries of dashboards over 10,000 series of six hours, asked of our packaged functions on one machine and of a
# Prometheus, in turns. `make bench ONLY=dashboards` builds and calls it. Needs prometheus with promtool (Debian:
# prometheus); takes some minutes and 3 GB of disk below TMPDIR.
set -euo pipefail
cd "$(dirname "$0")/../.."
for command in prometheus promtool; do
    command -v "$command" >/dev/null || { echo "    skipped: $command is not installed (on Debian: apt-get install prometheus)"; exit 0; }
done
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
bench() {
    java -Xmx2g -XX:+UseSerialGC --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
        -cp "testing/benchmarks/target/classes:$(cat testing/benchmarks/target/classpath.txt)" \
        io.lambdascope.benchmarks.dashboards.Dashboards "$@"
}
bench data "$scratch"
promtool tsdb create-blocks-from openmetrics "$scratch/data.om" "$scratch/tsdb" >/dev/null
rm "$scratch/data.om"
bench measure "$scratch"
