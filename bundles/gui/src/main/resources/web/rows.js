// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** The rows of the table of trend logs. */
import { unitText } from "./units.js";

/**
 * @typedef {object} Row
 * @property {string} id
 * @property {string} name
 * @property {string} device
 * @property {string} units
 * @property {number} samples
 * @property {number} last milliseconds since 1970 UTC; -Infinity when nothing is held
 * @property {string} zone
 * @property {"ok" | "degraded" | "failed" | "waiting" | "off"} state
 * @property {string} cause
 * @property {string} words what the filter looks at
 */

/** @typedef {"name" | "device" | "id" | "units" | "samples" | "last" | "state"} Column */

/** What each state is called; the worst ones sort first. */
export const STATES = { failed: "Failed", degraded: "At risk", waiting: "No network", ok: "OK", off: "Not archived" };

const RANK = Object.keys(STATES);
const ORDER = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** @param {any} item a trend log as the API gives it @returns {Row} */
export function rowOf(item) {
  const device = item.device.name ? `${item.device.name} (${item.device.instance})` : String(item.device.instance);
  const units = unitText(item.units);
  const state = stateOf(item);
  const words = [item.id, item.name, device, item.object?.name, units, STATES[state]].join(" ").toLowerCase();
  return {
    id: item.id, name: item.name || item.id, device, units, samples: item.samples,
    last: item.last ? Date.parse(item.last) : -Infinity, zone: item.timeZone, state,
    cause: item.state?.cause ?? "", words,
  };
}

/** @param {any} item @returns {Row["state"]} */
export function stateOf(item) {
  if (item.archived === false) {
    return "off";
  }
  const health = item.state?.health;
  return health === "ok" || health === "degraded" || health === "failed" ? health : "waiting";
}

/**
 * Rows that contain every word.
 * @param {Row[]} rows
 * @param {string} text
 */
export function filtered(rows, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  return words.length === 0 ? rows : rows.filter((row) => words.every((word) => row.words.includes(word)));
}

/**
 * @param {Row[]} rows
 * @param {Column} column
 * @param {boolean} descending
 */
export function sorted(rows, column, descending) {
  const sign = descending ? -1 : 1;
  return rows.map((row) => row).sort((a, b) => sign * compare(a, b, column) || ORDER.compare(a.id, b.id));
}

/** @param {Row} a @param {Row} b @param {Column} column */
function compare(a, b, column) {
  switch (column) {
    case "samples":
    case "last":
      return a[column] === b[column] ? 0 : a[column] - b[column];
    case "state":
      return RANK.indexOf(a.state) - RANK.indexOf(b.state);
    default:
      return ORDER.compare(a[column], b[column]);
  }
}

/**
 * Which rows must be in the document: those in sight and some around them.
 * @param {number} above pixels of the table that are scrolled out at the top; negative when it begins further down
 * @param {number} height pixels in sight
 * @param {number} rowHeight
 * @param {number} count
 * @returns {{first: number, end: number}}
 */
export function inSight(above, height, rowHeight, count) {
  const around = 12;
  const first = Math.min(Math.max(0, Math.floor(above / rowHeight) - around), Math.max(0, count - 1));
  return { first, end: Math.min(count, Math.max(first + 1, Math.ceil((above + height) / rowHeight) + around)) };
}
