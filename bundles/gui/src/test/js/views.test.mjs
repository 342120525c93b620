// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import test from "node:test";
import { hashOf, parseHash, parseRoute } from "../../main/resources/web/routes.js";
import { knownZone, rfc3339, timeText } from "../../main/resources/web/times.js";
import { fits, moved, queryOf, samplesPath, scaled, spanOf, viewOf } from "../../main/resources/web/views.js";

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 23, 12);
const view = (text) => viewOf(new URLSearchParams(text));

test("times are those of the site, through the change of summer time too", () => {
  assert.equal(timeText(NOON, "Europe/Berlin"), "2026-11-23 13:00:00");
  assert.equal(timeText(NOON, "America/Vancouver"), "2026-11-23 04:00:00");
  assert.equal(timeText(Date.UTC(2026, 9, 25, 0, 30), "Europe/Berlin"), "2026-10-25 02:30:00");
  assert.equal(timeText(Date.UTC(2026, 9, 25, 1, 30), "Europe/Berlin"), "2026-10-25 02:30:00");
});

test("a zone the browser does not know is UTC", () => {
  assert.equal(knownZone("Mars/Olympus"), "UTC");
  assert.equal(knownZone("Z"), "UTC");
  assert.equal(knownZone(null), "UTC");
});

test("the API is asked in hundredths", () => {
  assert.equal(rfc3339(NOON + 129), "2026-11-23T12:00:00.12Z");
});

test("an address is read and written alike", () => {
  const hash = hashOf("chart", "hq.1200.TLM2.3", { range: "week", view: undefined });
  assert.equal(hash, "#/chart/hq.1200.TLM2.3?range=week");
  const { name, route } = parseHash(hash);
  assert.equal(name, "chart");
  assert.equal(parseRoute(route).path, "hq.1200.TLM2.3");
  assert.equal(parseRoute(route).query.get("range"), "week");
});

test("an address without a page names none, and a broken one is read as far as it goes", () => {
  assert.deepEqual(parseHash(""), { name: "", route: "" });
  assert.deepEqual(parseHash("#main"), { name: "", route: "" });
  assert.deepEqual(parseHash("#/trend-logs"), { name: "trend-logs", route: "" });
  assert.equal(parseRoute("/100%").path, "100%");
});

test("a link shows the same part of the past again", () => {
  const shown = { range: "week", span: { from: NOON - HOUR, to: NOON }, table: true };
  const again = view(new URLSearchParams(queryOf(shown)).toString());
  assert.deepEqual(again.span, shown.span);
  assert.equal(again.table, true);
});

test("a view nobody can read is the last day", () => {
  assert.deepEqual(view("range=century&from=yesterday&to=2026-11-23"), { range: "day", span: null, table: false });
  assert.equal(view("from=2026-11-23&to=2026-11-22").span, null);
  assert.deepEqual(queryOf(view("")), { range: undefined, view: undefined });
});

test("a range ends at the newest sample and begins no earlier than the first", () => {
  const log = { first: "2026-11-20T12:00:00.00Z", last: "2026-11-23T12:00:00.00Z" };
  assert.deepEqual(spanOf(view("range=day"), log), { from: NOON - 24 * HOUR + 10, to: NOON + 10 });
  assert.deepEqual(spanOf(view("range=week"), log), { from: NOON - 72 * HOUR, to: NOON + 10 });
  assert.deepEqual(spanOf(view("range=all"), log), { from: NOON - 72 * HOUR, to: NOON + 10 });
  assert.equal(spanOf(view("range=all"), { first: null, last: null }), null);
});

test("a chart moves and zooms around its middle, but never to nothing", () => {
  const span = { from: NOON, to: NOON + 2 * HOUR };
  assert.deepEqual(moved(span, -0.5), { from: NOON - HOUR, to: NOON + HOUR });
  assert.deepEqual(scaled(span, 0.5), { from: NOON + HOUR / 2, to: NOON + 1.5 * HOUR });
  const least = scaled({ from: NOON, to: NOON + 5 }, 0.5);
  assert.equal(least.to - least.from, 10_000);
});

test("records are asked for themselves where there are few", () => {
  const span = { from: NOON, to: NOON + 24 * HOUR };
  assert.equal(fits(span, 60, 2000), true);
  assert.equal(fits(span, 30, 2000), false);
  assert.equal(fits(span, 0, 2000), false);
});

test("samples are asked for by range and form", () => {
  assert.equal(samplesPath("hq.1200.TL5", { from: NOON, to: NOON + HOUR }, { maxPoints: 2000 }),
    "/api/v1/trend-logs/hq.1200.TL5/samples?from=2026-11-23T12%3A00%3A00.00Z&to=2026-11-23T13%3A00%3A00.00Z&maxPoints=2000");
});

test("nobody leaves the years that BACnet has, however often a chart is moved", () => {
  let span = { from: NOON - HOUR, to: NOON };
  for (let i = 0; i < 40; i++) {
    span = scaled(span, 2);
  }
  assert.deepEqual([rfc3339(span.from), rfc3339(span.to)], ["1900-01-01T00:00:00.00Z", "2156-01-01T00:00:00.00Z"]);
  assert.deepEqual(moved(span, 0.5), span);
  assert.deepEqual(moved(span, -0.5), span);
  assert.deepEqual(view("from=-271821-04-20T00:00:00Z&to=%2B275760-09-13T00:00:00Z").span, span);
  assert.equal(view("from=3000-01-01T00:00:00Z&to=3001-01-01T00:00:00Z").span, null);
});
