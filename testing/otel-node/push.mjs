// Pushes to the stack at BASE with the OpenTelemetry SDK for Node, by each of its exporters over HTTP, and asks back by PromQL.
//
// BASE=http://127.0.0.1:8080 node push.mjs (after `npm ci`)

import assert from "node:assert/strict";
import { setTimeout as pause } from "node:timers/promises";
import { OTLPMetricExporter as JsonExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPMetricExporter as ProtobufExporter } from "@opentelemetry/exporter-metrics-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { AggregationType, MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";

const base = process.env.BASE ?? "http://127.0.0.1:8080";
const PATIENCE_MILLIS = 60_000;

async function push(Exporter, tenant) {
  const exporter = new Exporter({
    url: base + "/otlp/v1/metrics",
    headers: { "X-Scope-OrgID": tenant },
    timeoutMillis: 30_000,
  });
  const provider = new MeterProvider({
    resource: resourceFromAttributes({
      "service.name": "shop", "service.namespace": "demo", "service.instance.id": "n", "host.name": "h1",
    }),
    views: [{
      instrumentName: "request.duration",
      aggregation: { type: AggregationType.EXPONENTIAL_HISTOGRAM },
    }],
    readers: [new PeriodicExportingMetricReader({
      exporter, exportIntervalMillis: 3_600_000, exportTimeoutMillis: 60_000,
    })],
  });
  const meter = provider.getMeter("otel-node");
  meter.createCounter("requests").add(7, { "http.route": "/cart" });
  meter.createCounter("sent", { unit: "By" }).add(1500.5);
  meter.createUpDownCounter("queue.size", { unit: "{job}" }).add(-2);
  meter.createGauge("cpu.utilization", { unit: "1" }).record(0.25);
  const durations = meter.createHistogram("request.duration", { unit: "s" });
  [0.1, 0.2, 0.4].forEach((seconds) => durations.record(seconds));
  const sizes = meter.createHistogram("basket", { advice: { explicitBucketBoundaries: [10, 100] } });
  [30, 1000].forEach((size) => sizes.record(size));
  await provider.forceFlush();
  await provider.shutdown();
}

// What is stored has these labels beside those in the table.
const resource = { job: "demo/shop", instance: "n" };

const answers = [
  ["requests_total", [{ __name__: "requests_total", http_route: "/cart" }, "7"]],
  ["sent_bytes_total", [{ __name__: "sent_bytes_total" }, "1500.5"]],
  ["queue_size", [{ __name__: "queue_size" }, "-2"]],
  ["cpu_utilization_ratio", [{ __name__: "cpu_utilization_ratio" }, "0.25"]],
  ["histogram_count(request_duration_seconds)", [{}, "3"]],
  ["round(histogram_sum(request_duration_seconds), 0.001)", [{}, "0.7"]],
  // buckets are at most 1.1% wide
  ["round(histogram_quantile(0.5, request_duration_seconds), 0.01)", [{}, "0.2"]],
  ["basket_bucket", [{ __name__: "basket_bucket", le: "+Inf" }, "2"], [{ __name__: "basket_bucket", le: "10" }, "0"],
    [{ __name__: "basket_bucket", le: "100" }, "1"]],
  ["basket_sum", [{ __name__: "basket_sum" }, "1030"]],
  ["target_info", [{ __name__: "target_info", host_name: "h1" }, "1"]],
];

async function ask(query, tenant) {
  const url = base + "/prometheus/api/v1/query?query=" + encodeURIComponent(query);
  const response = await fetch(url, { headers: { "X-Scope-OrgID": tenant } });
  const text = await response.text();
  assert.equal(response.status, 200, query + ": " + text);
  return sorted(JSON.parse(text).data.result.map((element) => [element.metric, element.value[1]]));
}

function sorted(elements) {
  return elements.map(([labels, value]) => [Object.entries(labels).sort(), value])
    .sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1));
}

const exporters = { json: JsonExporter, protobuf: ProtobufExporter };
let different = 0;
for (const [encoding, Exporter] of Object.entries(exporters)) {
  const tenant = "node-" + encoding;
  await push(Exporter, tenant);
  const end = Date.now() + PATIENCE_MILLIS;
  for (const [query, ...elements] of answers) {
    const expected = JSON.stringify(sorted(elements.map(([labels, value]) => [{ ...resource, ...labels }, value])));
    let got = JSON.stringify(await ask(query, tenant));
    while (got !== expected && Date.now() < end) {
      await pause(200);
      got = JSON.stringify(await ask(query, tenant));
    }
    if (got !== expected) {
      different++;
      console.log("%s: %s: expected %s got %s", encoding, query, expected, got);
    }
  }
  console.log("OpenTelemetry for Node, %s: %d answers compared", encoding, answers.length);
}
process.exit(different ? 1 : 0);
