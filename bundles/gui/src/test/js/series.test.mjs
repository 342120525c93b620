// SPDX-License-Identifier: Apache-2.0
import assert from "node:assert/strict";
import test from "node:test";
import { gapsOf, isStepped, numberText, pointsOf, readingText, summaryOf, withBreaks } from "../../main/resources/web/series.js";
import { unitText } from "../../main/resources/web/units.js";

const at = (second, value, more = {}) =>
  ({ ts: new Date(second * 1000).toISOString(), run: 1, seq: second, type: "real", value, ...more });

test("samples become points in the order of time, even when the device's clock went back", () => {
  assert.deepEqual(pointsOf([at(60, 1), at(180, 3), at(120, 2)]), { times: [60, 120, 180], values: [1, 2, 3] });
});

test("truth is one, falsehood is zero, and infinity breaks the line", () => {
  const samples = [at(1, true, { type: "boolean" }), at(2, false, { type: "boolean" }), at(3, null, { special: "inf" })];
  assert.deepEqual(pointsOf(samples).values, [1, 0, null]);
});

test("words are not drawn, and a lost stretch breaks the line", () => {
  const samples = [at(1, "on", { type: "string" }), at(2, 5), at(3, null, { type: "gap", count: 9 }), at(4, null, { type: "failure" })];
  assert.deepEqual(pointsOf(samples), { times: [2, 3], values: [5, null] });
});

test("a lost stretch lies between the records around it, and says why", () => {
  const gap = (second, count, cause) => at(second, null, { type: "gap", count, cause });
  assert.deepEqual(gapsOf([at(60, 1), gap(300, 3, "overflow"), at(300, 2), at(360, 2), gap(420, 1200, "wrap"), gap(480, 1, "purge"), at(480, 1)], 0), [
    { from: 60, to: 300, text: "3 lost: overwritten in the device before they were read" },
    { from: 360, to: 480, text: "1,200 lost: overwritten in the device while its record count passed the end; 1 lost: the log was cleared or reset" },
  ]);
  assert.deepEqual(gapsOf([gap(300, 3, "some-cause-to-come"), at(300, 2)], 10), [{ from: 10, to: 300, text: "3 lost: some-cause-to-come" }]);
  assert.deepEqual(gapsOf([at(900, 1), gap(300, 3, "device-away"), at(300, 2)], 0).map(({ from, to }) => [from, to]), [[300, 300]]);
  assert.deepEqual(gapsOf([at(1, 1), at(2, null, { type: "failure" })], 0), []);
});

test("every cause of the API has words", () => {
  for (const cause of ["overflow", "purge", "log-disabled", "device-away", "undecodable", "sequence-reset", "wrap", "archive-damaged"]) {
    assert.notEqual(readingText(at(1, null, { type: "gap", count: 1, cause })), `1 lost: ${cause}`);
  }
});

test("the line breaks where samples are missing", () => {
  const points = { times: [0, 60, 120, 600, 660], values: [1, 2, 3, 4, 5] };
  assert.deepEqual(withBreaks(points, 60, 660, 2000), { times: [0, 60, 120, 360, 600, 660], values: [1, 2, 3, null, 4, 5] });
});

test("the line of a log on change never breaks", () => {
  const points = { times: [0, 60, 90_000], values: [1, 0, 1] };
  assert.deepEqual(withBreaks(points, 0, 90_000, 2000), points);
});

test("the wider spacing of a reduced answer is no hole", () => {
  const times = Array.from({ length: 2000 }, (_, i) => i * 15_000);
  const points = { times, values: times.map(() => 1) };
  assert.equal(withBreaks(points, 60, 30_000_000, 2000).times.length, 2000);
});

test("a summary has the extremes and the newest value", () => {
  assert.deepEqual(summaryOf({ times: [1, 2, 3, 4], values: [2, 9, null, 5] }), { count: 3, min: 2, max: 9, last: 5 });
  assert.equal(summaryOf({ times: [1], values: [null] }), null);
});

test("what holds its value until the next record is drawn in steps", () => {
  assert.equal(isStepped([at(1, 1)], 60), false);
  assert.equal(isStepped([at(1, 1)], 0), true);
  assert.equal(isStepped([at(1, 1, { type: "enumerated" })], 60), true);
});

test("every kind of record has words", () => {
  assert.equal(readingText(at(1, 21.123456789)), "21.1235");
  assert.equal(readingText(at(1, true, { type: "boolean" })), "true");
  assert.equal(readingText(at(1, null, { special: "nan" })), "nan");
  assert.equal(readingText(at(1, null, { type: "null" })), "no value");
  assert.equal(readingText(at(1, null, { type: "log-status", status: ["log-disabled", "buffer-purged"] })), "log disabled, buffer purged");
  assert.equal(readingText(at(1, null, { type: "failure", error: { class: 1, code: 31 } })), "could not be read (error 1.31)");
  assert.equal(readingText(at(1, null, { type: "time-change", seconds: -3.5 })), "clock changed by -3.5 s");
  assert.equal(readingText(at(1, null, { type: "gap", count: 40, cause: "buffer-overflow" })), "40 lost: buffer-overflow");
  assert.equal(readingText(at(1, null, { type: "any", raw: "c401" })), "c401");
});

test("figures are short", () => {
  assert.equal(numberText(1234567.891), "1,234,570");
  assert.equal(numberText(0.1 + 0.2), "0.3");
});

test("units are symbols where there is one, else words", () => {
  assert.equal(unitText("degrees-celsius"), "°C");
  assert.equal(unitText("no-units"), "");
  assert.equal(unitText("grams-of-water-per-kilogram-dry-air"), "grams of water per kilogram dry air");
  assert.equal(unitText(null), "");
});
