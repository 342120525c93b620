// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** What part of a log a chart shows; it stands in the address, so that a link shows the same again. */
import { rfc3339 } from "./times.js";

/** @typedef {{from: number, to: number}} Span milliseconds since 1970 UTC, `to` exclusive */

/**
 * @typedef {object} View
 * @property {string} range one of RANGES; counts only without a span
 * @property {Span | null} span a part of the past; null to follow the newest sample
 * @property {boolean} table whether the figures are shown instead of the line
 */

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SHORTEST = 10_000;

/** The years that BACnet has, 1900 to 2155. */
const CALENDAR = { from: Date.UTC(1900, 0, 1), to: Date.UTC(2156, 0, 1) };

/**
 * What can be followed, by name: milliseconds, and the button's text.
 * @type {Record<string, {length: number, text: string}>}
 */
export const RANGES = {
  day: { length: DAY, text: "Day" },
  week: { length: 7 * DAY, text: "Week" },
  month: { length: 31 * DAY, text: "Month" },
  all: { length: Infinity, text: "All" },
};

/** @param {URLSearchParams} query @returns {View} */
export function viewOf(query) {
  const from = inCalendar(Date.parse(query.get("from") ?? ""));
  const to = inCalendar(Date.parse(query.get("to") ?? ""));
  const range = query.get("range") ?? "";
  return {
    range: range in RANGES ? range : "day",
    span: from < to ? { from, to } : null,
    table: query.get("view") === "table",
  };
}

/** @param {View} view @returns {Record<string, string | undefined>} */
export function queryOf({ range, span, table }) {
  return {
    ...(span ? { from: rfc3339(span.from), to: rfc3339(span.to) } : { range: range === "day" ? undefined : range }),
    view: table ? "table" : undefined,
  };
}

/**
 * @param {View} view
 * @param {{first: string | null, last: string | null}} log
 * @returns {Span | null} null when the log holds nothing
 */
export function spanOf({ range, span }, log) {
  if (span) {
    return span;
  }
  if (!log.first || !log.last) {
    return null;
  }
  const to = Date.parse(log.last) + 10; // exclusive, and hundredths are the finest there is
  return { from: Math.max(to - RANGES[range].length, Math.min(Date.parse(log.first), to - SHORTEST)), to };
}

/**
 * The span moved by a part of its length: -0.5 is half a chart back.
 * @param {Span} span
 * @param {number} part
 * @returns {Span}
 */
export function moved({ from, to }, part) {
  const by = Math.min(Math.max(Math.round((to - from) * part), CALENDAR.from - from), CALENDAR.to - to);
  return { from: from + by, to: to + by };
}

/**
 * Whether a log has no more than so many records in a span, as far as can be foretold.
 * @param {Span} span
 * @param {number} interval seconds between two records; 0 for a log on change, which may have any number
 * @param {number} most
 */
export function fits({ from, to }, interval, most) {
  return interval > 0 && (to - from) / 1000 / interval < most;
}

/** The span made longer or shorter around its middle. @param {Span} span @param {number} factor @returns {Span} */
export function scaled({ from, to }, factor) {
  const half = Math.max((to - from) * factor, SHORTEST) / 2;
  const middle = (from + to) / 2;
  return { from: inCalendar(Math.round(middle - half)), to: inCalendar(Math.round(middle + half)) };
}

/** @param {number} millis */
function inCalendar(millis) {
  return Math.min(Math.max(millis, CALENDAR.from), CALENDAR.to);
}

/**
 * @param {string} id the log
 * @param {Span} span
 * @param {Record<string, string | number>} how `maxPoints`, `format`, `limit`
 */
export function samplesPath(id, { from, to }, how) {
  const query = new URLSearchParams({ from: rfc3339(from), to: rfc3339(to) });
  Object.entries(how).forEach(([key, value]) => query.set(key, String(value)));
  return `/api/v1/trend-logs/${encodeURIComponent(id)}/samples?${query}`;
}
