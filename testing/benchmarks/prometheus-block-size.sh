#!/bin/bash
# Bytes that a sample of the recording takes in Prometheus' own blocks, beside `make bench ONLY=block-size`.
# Needs promtool (Debian: prometheus). Run it in the project's root after `make bench` has built the classes.
set -euo pipefail
classes="testing/benchmarks/target/classes:$(cat testing/benchmarks/target/classpath.txt)"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
for data in real jittered; do
    java -cp "$classes" --enable-native-access=ALL-UNNAMED \
        io.lambdascope.benchmarks.RecordingToOpenMetrics "$data" > "$scratch/$data.om"
    promtool tsdb create-blocks-from openmetrics "$scratch/$data.om" "$scratch/$data" > /dev/null
    samples=$(grep -vc '^#' "$scratch/$data.om")
    bytes=$(find "$scratch/$data" -type f -printf '%s\n' | awk '{ sum += $1 } END { print sum }')
    echo "$data: $bytes bytes, $samples samples, $(awk "BEGIN { printf \"%.3f\", $bytes / $samples }") bytes a sample"
done
