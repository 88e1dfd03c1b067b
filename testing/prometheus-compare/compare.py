"""Asks a Prometheus and a Lambdascope the same questions and compares the answers.

Called by `run`. Standard library only.
"""

import argparse
import json
import math
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

RELATIVE = 1e-9
KEEP_AWAY_SECONDS = 0.3
SCRAPE_SECONDS = 5.0


class Api:
    """The query API of one server below a base URL."""

    def __init__(self, base, token=""):
        self.base = base.rstrip("/")
        self.headers = {"Authorization": "Bearer " + token} if token else {}

    def get(self, path, **parameters):
        url = self.base + path + "?" + urllib.parse.urlencode(parameters)
        request = urllib.request.Request(url, headers=self.headers)
        try:
            with urllib.request.urlopen(request, timeout=40) as response:
                body = json.load(response)
        except urllib.error.HTTPError as error:
            text = error.read().decode("utf-8", "replace")
            raise RuntimeError("%s answered %d: %s" % (url, error.code, text[:500])) from error
        if body.get("status") != "success":
            raise RuntimeError("%s answered %s" % (url, body))
        return body["data"]

    def instant(self, query, at):
        return self.get("/api/v1/query", query=query, time="%.3f" % at)

    def range(self, query, start, end, step):
        return self.get(
            "/api/v1/query_range", query=query, start="%.3f" % start, end="%.3f" % end, step="%g" % step
        )

    def number(self, query, at=None):
        """The sum of an instant vector, 0 if it is empty."""
        parameters = {"query": query} if at is None else {"query": query, "time": "%.3f" % at}
        return sum(float(element["value"][1]) for element in self.get("/api/v1/query", **parameters)["result"])


def read_table(path):
    with open(path, encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t") for line in lines if line.strip() and not line.startswith("#")]


def scrape_offsets(prometheus):
    """Where in each 5 s the scrapes of each target lie, seconds."""
    result = prometheus.get("/api/v1/query", query="timestamp(up)")["result"]
    return [float(element["value"][1]) % SCRAPE_SECONDS for element in result]


def distance(offset, phase):
    apart = abs(offset - phase) % SCRAPE_SECONDS
    return min(apart, SCRAPE_SECONDS - apart)


def off_the_grid(moment, offsets):
    """The last moment up to `moment` whose place within 5 s is farthest from all scrapes and from 0."""
    phases = [step / 100 for step in range(int(SCRAPE_SECONDS * 100))]
    best = max(phases, key=lambda phase: min(distance(offset, phase) for offset in offsets + [0.0]))
    start = math.floor(moment / SCRAPE_SECONDS) * SCRAPE_SECONDS + best
    return round(start if start <= moment else start - SCRAPE_SECONDS, 3)


def close(a, b, absolute):
    left, right = float(a), float(b)
    if math.isnan(left) or math.isnan(right):
        return math.isnan(left) and math.isnan(right)
    if left == right:
        return True
    if math.isinf(left) or math.isinf(right):
        return False
    return abs(left - right) <= max(absolute, RELATIVE * max(abs(left), abs(right)))


def by_labels(result):
    """Points of each series: {labels: {time: value}}."""
    series = {}
    for element in result:
        points = element["values"] if "values" in element else [element["value"]]
        key = tuple(sorted(element["metric"].items()))
        if key in series:
            return None
        series[key] = {round(float(moment), 3): value for moment, value in points}
    return series


def mismatch(theirs, ours, absolute):
    """What differs, or None."""
    if theirs["resultType"] != ours["resultType"]:
        return "expected a %s got a %s" % (theirs["resultType"], ours["resultType"])
    if theirs["resultType"] in ("scalar", "string"):
        same = close(theirs["result"][1], ours["result"][1], absolute)
        return None if same else "expected %s got %s" % (theirs["result"], ours["result"])
    expected, got = by_labels(theirs["result"]), by_labels(ours["result"])
    if got is None:
        return "a series stands twice in the answer"
    for labels in expected.keys() - got.keys():
        return "expected %s, which is missing (%d series of %d)" % (dict(labels), len(got), len(expected))
    for labels in got.keys() - expected.keys():
        return "expected no %s" % dict(labels)
    for labels, points in expected.items():
        if points.keys() != got[labels].keys():
            apart = sorted(points.keys() ^ got[labels].keys())
            return "expected %d points got %d for %s; only one has %s" % (
                len(points), len(got[labels]), dict(labels), apart[:5])
        for moment, value in points.items():
            if not close(value, got[labels][moment], absolute):
                return "expected %s got %s at %.3f for %s" % (value, got[labels][moment], moment, dict(labels))
    return None


def points_of(data):
    if data["resultType"] in ("scalar", "string"):
        return 1
    return sum(len(element.get("values", [0])) for element in data["result"])


def check_remote_write(prometheus, minutes):
    """Whether every sample was taken at the first attempt."""
    sent = prometheus.number("prometheus_remote_storage_samples_total")
    bad = {
        name: prometheus.number("prometheus_remote_storage_samples_%s_total" % name)
        for name in ("failed", "retried", "dropped")
    }
    print("remote write: %d samples sent, %s" % (sent, ", ".join("%d %s" % (n, k) for k, n in bad.items())))
    # a node exporter and a Prometheus expose well over a thousand series, every 5 s
    return sent > 1000 * minutes and not any(bad.values())


def wait_until(condition, seconds, what):
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            sys.exit("gave up after %d s waiting until %s" % (seconds, what))
        time.sleep(1)


def wait_until_alone(ours):
    """Waits until the stack shows no series of an earlier run, which would be compared as if of this one."""

    def alone():
        return ours.number('count({run=~".+"})') == 0

    if not alone():
        print("waiting until the series of an earlier run are older than 5 minutes", flush=True)
        wait_until(alone, 400, "no series of another run are shown; is one still writing?")


def wait_for_samples(prometheus, ours, at, window):
    """Waits until the stack holds what was scraped up to `at`, and compares the samples themselves."""
    sent = "max(prometheus_remote_storage_queue_highest_sent_timestamp_seconds)"
    wait_until(lambda: prometheus.number(sent) >= at, 60, "remote write has sent what was scraped")
    selector = '{job=~".+"}[%ds]' % window
    theirs = prometheus.instant(selector, at)
    mine = [None]

    def complete():
        mine[0] = ours.instant(selector, at)
        return points_of(mine[0]) >= points_of(theirs)

    wait_until(complete, 60, "%d samples are visible" % points_of(theirs))
    problem = mismatch(theirs, mine[0], 0.0)
    if problem:
        sys.exit("samples of the last %d s: %s" % (window, problem))
    print("samples of the last %d s: %d, the same on both sides" % (window, points_of(theirs)))


def ask(arguments):
    prometheus = Api(arguments.prometheus)
    ours = Api(arguments.ours, arguments.token)
    window, at = arguments.window, arguments.at
    span = arguments.span
    failures = asked = points = 0
    for name, query, *rest in read_table(arguments.queries):
        absolute = float(rest[0]) if rest else 0.0
        # no comma or blank inside the window, and a fixed moment off the grid as the others are
        query = query.replace("{r}", "%ds" % window).replace("{at}", "%.3f" % (at - 20))
        for kind in ("instant", "range"):
            asked += 1
            try:
                if kind == "instant":
                    theirs, mine = prometheus.instant(query, at), ours.instant(query, at)
                else:
                    moments = (at - span, at, arguments.step)
                    theirs, mine = prometheus.range(query, *moments), ours.range(query, *moments)
                problem = mismatch(theirs, mine, absolute)
                points += points_of(theirs)
            except (RuntimeError, OSError) as error:
                problem = str(error)
            if problem:
                failures += 1
                print("%s: %s %s: %s: %s" % (arguments.stage, name, kind, query, problem))
    print("%s: %d answers of %d points compared, %d differ" % (arguments.stage, asked, points, failures))
    return failures == 0 and points > 0


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("action", choices=["offsets", "alone", "moment", "remote-write", "wait", "ask"])
    parser.add_argument("--prometheus", required=True, help="base URL of the Prometheus")
    parser.add_argument("--ours", default="", help="base URL of the query API compared")
    parser.add_argument("--token", default="")
    parser.add_argument("--queries", default="")
    parser.add_argument("--stage", default="")
    parser.add_argument("--window", type=int, default=0, help="seconds that {r} stands for")
    parser.add_argument("--span", type=float, default=0, help="seconds of a range query")
    parser.add_argument("--step", type=float, default=15)
    parser.add_argument("--at", type=float, default=0)
    parser.add_argument("--minutes", type=float, default=0)
    arguments = parser.parse_args()
    prometheus = Api(arguments.prometheus)
    match arguments.action:
        case "offsets":
            offsets = scrape_offsets(prometheus)
            fine = len(offsets) == 2 and min(distance(offset, 0.0) for offset in offsets) > KEEP_AWAY_SECONDS
        case "alone":
            wait_until_alone(Api(arguments.ours, arguments.token))
            fine = True
        case "moment":
            print("%.3f" % off_the_grid(time.time() - 2, scrape_offsets(prometheus)))
            fine = True
        case "remote-write":
            fine = check_remote_write(prometheus, arguments.minutes)
        case "wait":
            wait_for_samples(prometheus, Api(arguments.ours, arguments.token), arguments.at, arguments.window)
            fine = True
        case "ask":
            fine = ask(arguments)
    sys.exit(0 if fine else 1)


main()
