// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** From samples of the API to lines of a chart. */

/** @typedef {{times: number[], values: (number | null)[]}} Points times in seconds since 1970 UTC, never falling */

/**
 * What can be drawn of these samples. They come in the order of the device's records; its clock may have gone back.
 * @param {any[]} samples
 * @returns {Points}
 */
export function pointsOf(samples) {
  const points = samples
    .map((sample) => ({ time: Date.parse(sample.ts) / 1000, value: magnitude(sample) }))
    .filter((point) => point.value !== undefined)
    .sort((a, b) => a.time - b.time);
  return { times: points.map(({ time }) => time), values: points.map(({ value }) => value ?? null) };
}

/**
 * @param {any} sample
 * @returns {number | null | undefined} null where the line breaks, undefined where nothing is drawn
 */
function magnitude({ type, value, special }) {
  if (typeof value === "number") {
    return value;
  }
  if (typeof value === "boolean") {
    return value ? 1 : 0;
  }
  return special !== undefined || type === "gap" || type === "log-status" ? null : undefined;
}

/**
 * Breaks the line where samples are missing, instead of drawing over the hole.
 * @param {Points} points
 * @param {number} interval seconds between two records; 0 for a log on change, whose line never breaks
 * @param {number} span seconds that the chart covers
 * @param {number} maxPoints asked of the server, which keeps two of each bucket
 * @returns {Points}
 */
export function withBreaks({ times, values }, interval, span, maxPoints) {
  if (!(interval > 0)) {
    return { times, values };
  }
  const longest = 3 * Math.max(interval, times.length > maxPoints / 4 ? 2 * span / maxPoints : 0);
  /** @type {Points} */
  const broken = { times: [], values: [] };
  times.forEach((time, i) => {
    if (i > 0 && time - times[i - 1] > longest) {
      broken.times.push((time + times[i - 1]) / 2);
      broken.values.push(null);
    }
    broken.times.push(time);
    broken.values.push(values[i]);
  });
  return broken;
}

/**
 * @param {Points} points
 * @returns {{count: number, min: number, max: number, last: number} | null} null when there is nothing to see
 */
export function summaryOf({ values }) {
  const numbers = /** @type {number[]} */ (values.filter((value) => value !== null));
  if (numbers.length === 0) {
    return null;
  }
  const fold = (/** @type {(a: number, b: number) => number} */ pick) => numbers.reduce((a, b) => pick(a, b));
  return { count: numbers.length, min: fold(Math.min), max: fold(Math.max), last: numbers[numbers.length - 1] };
}

/** Why records are missing, in words. */
const CAUSES = new Map(Object.entries({
  "overflow": "overwritten in the device before they were read",
  "purge": "the log was cleared or reset",
  "log-disabled": "the log was disabled or interrupted",
  "device-away": "the device did not answer until they were gone",
  "undecodable": "the device sends something that is no record",
  "sequence-reset": "the device began to count its records anew",
  "wrap": "overwritten in the device while its record count passed the end",
  "archive-damaged": "archived, and that part of the archive is damaged",
}));

/** @typedef {{from: number, to: number, text: string}} Gap a stretch without records, seconds since 1970 UTC */

/**
 * Where records are lost: from the last record before to the first one after, which gave the gap its time.
 * @param {any[]} samples in record order
 * @param {number} start seconds; where the samples begin
 * @returns {Gap[]}
 */
export function gapsOf(samples, start) {
  /** @type {Gap[]} */
  const gaps = [];
  let before = start;
  samples.forEach((sample, i) => {
    const time = Date.parse(sample.ts) / 1000;
    if (sample.type !== "gap") {
      before = time;
    } else if (samples[i - 1]?.type === "gap") {
      const gap = gaps[gaps.length - 1];
      gap.to = Math.max(gap.to, time);
      gap.text += `; ${readingText(sample)}`;
    } else {
      gaps.push({ from: Math.min(before, time), to: time, text: readingText(sample) });
    }
  });
  return gaps;
}

/**
 * Whether a value holds until the next one, so that a slope between the two would lie.
 * @param {any[]} samples
 * @param {number} interval seconds between two records; 0 for a log on change
 */
export function isStepped(samples, interval) {
  return !(interval > 0) || samples.some(({ type }) => type === "boolean" || type === "enumerated");
}

/** @param {number} value @returns {string} as many digits as a person reads */
export function numberText(value) {
  return value.toLocaleString("en", { maximumSignificantDigits: 6 });
}

/**
 * What a record says, in words.
 * @param {any} sample
 * @returns {string}
 */
export function readingText(sample) {
  switch (sample.type) {
    case "log-status":
      return (sample.status ?? []).join(", ").replaceAll("-", " ") || "log enabled";
    case "failure":
      return `could not be read (error ${sample.error?.class}.${sample.error?.code})`;
    case "time-change":
      return `clock changed by ${sample.seconds} s`;
    case "gap":
      return `${sample.count.toLocaleString("en")} lost: ${CAUSES.get(sample.cause) ?? sample.cause}`;
    case "undecodable":
      return `undecodable ${sample.raw}`;
    case "event":
      return JSON.stringify(sample.event);
    default:
      return typeof sample.value === "number" ? numberText(sample.value)
        : String(sample.special ?? sample.value ?? sample.raw ?? "no value");
  }
}
