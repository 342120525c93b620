// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import test from "node:test";
import { filtered, inSight, rowOf, sorted, stateOf } from "../../main/resources/web/rows.js";

const item = (id, name, more = {}) => ({
  id, name, device: { instance: 1200, name: "AHU-1" }, object: { name: "TL_5" }, units: "degrees-celsius",
  timeZone: "Europe/Berlin", archived: true, samples: 10, last: "2026-11-23T04:00:00.00Z", state: { health: "ok", cause: "" },
  ...more,
});
const ids = (rows) => rows.map((row) => row.id);

test("a row says what the API says", () => {
  const row = rowOf(item("hq.1200.TL5", "Supply air"));
  assert.equal(row.device, "AHU-1 (1200)");
  assert.equal(row.units, "°C");
  assert.equal(row.last, Date.UTC(2026, 10, 23, 4));
  assert.equal(row.state, "ok");
});

test("a log of which nothing is known has a row too", () => {
  const row = rowOf(item("hq.1200.TL5", "", { device: { instance: 1200, name: "" }, object: null, units: "", last: null, state: null }));
  assert.equal(row.name, "hq.1200.TL5");
  assert.equal(row.device, "1200");
  assert.equal(row.last, -Infinity);
  assert.equal(row.state, "waiting");
});

test("what is not archived is neither late nor failed", () => {
  assert.equal(stateOf({ archived: false, state: { health: "failed" } }), "off");
});

test("every word of the filter must occur, in any order and case", () => {
  const rows = [item("hq.1200.TL5", "Supply air"), item("hq.1300.TL6", "Return air")].map(rowOf);
  assert.deepEqual(ids(filtered(rows, "AIR 1300")), ["hq.1300.TL6"]);
  assert.deepEqual(ids(filtered(rows, " supply  tl5 ok")), ["hq.1200.TL5"]);
  assert.deepEqual(ids(filtered(rows, "")), ["hq.1200.TL5", "hq.1300.TL6"]);
  assert.deepEqual(ids(filtered(rows, "supply return")), []);
});

test("numbers in names sort as numbers", () => {
  const rows = [item("hq.1.TL10", "VAV 10"), item("hq.1.TL9", "VAV 9"), item("hq.1.TL1", "vav 1")].map(rowOf);
  assert.deepEqual(ids(sorted(rows, "name", false)), ["hq.1.TL1", "hq.1.TL9", "hq.1.TL10"]);
  assert.deepEqual(ids(sorted(rows, "name", true)), ["hq.1.TL10", "hq.1.TL9", "hq.1.TL1"]);
});

test("a log without samples sorts before the oldest, and equals keep the order of ids", () => {
  const rows = [item("hq.1.TL3", "c"), item("hq.1.TL2", "b", { last: null }), item("hq.1.TL1", "a", { last: null })].map(rowOf);
  assert.deepEqual(ids(sorted(rows, "last", false)), ["hq.1.TL1", "hq.1.TL2", "hq.1.TL3"]);
});

test("the worst state comes first", () => {
  const rows = ["ok", "failed", "degraded"].map((health, i) => rowOf(item(`hq.1.TL${i}`, "x", { state: { health } })));
  assert.deepEqual(sorted(rows, "state", false).map((row) => row.state), ["failed", "degraded", "ok"]);
});

test("sorting leaves the given rows alone", () => {
  const rows = [item("hq.1.TL2", "b"), item("hq.1.TL1", "a")].map(rowOf);
  sorted(rows, "name", false);
  assert.deepEqual(ids(rows), ["hq.1.TL2", "hq.1.TL1"]);
});

test("only rows around those in sight are in the document", () => {
  assert.deepEqual(inSight(-200, 800, 48, 5000), { first: 0, end: 25 });
  const { first, end } = inSight(48 * 1000, 800, 48, 5000);
  assert.ok(first <= 1000 && first > 950 && end >= 1017 && end < 1060, `${first} to ${end}`);
});

test("a list that shrank while scrolled far down still shows its end", () => {
  assert.deepEqual(inSight(48 * 4000, 800, 48, 3), { first: 2, end: 3 });
  assert.deepEqual(inSight(48 * 4000, 800, 48, 0), { first: 0, end: 0 });
});
