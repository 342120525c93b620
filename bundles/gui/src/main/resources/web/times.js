// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** Times are shown in the zone of the site, never in the browser's. */

/** @type {Map<string, Intl.DateTimeFormat>} making one is slow, and a table needs thousands */
const formats = new Map();

/**
 * A zone the browser knows.
 * @param {string | null | undefined} zone as the API gives it: `Europe/Berlin`, `Z`, `+01:00`
 */
export function knownZone(zone) {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: zone || "UTC" }).resolvedOptions().timeZone;
  } catch {
    return "UTC";
  }
}

/**
 * `2026-11-23 05:00:00` in a zone: sorts as text, is the same everywhere.
 * @param {number} millis since 1970 UTC
 * @param {string} zone
 */
export function timeText(millis, zone) {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat("sv-SE", {
      timeZone: knownZone(zone), year: "numeric", month: "2-digit", day: "2-digit",
      hour: "2-digit", minute: "2-digit", second: "2-digit",
    });
    formats.set(zone, format);
  }
  return format.format(millis);
}

/**
 * RFC 3339 in UTC with hundredths, as the API writes it.
 * @param {number} millis since 1970 UTC
 */
export function rfc3339(millis) {
  return `${new Date(millis).toISOString().slice(0, 22)}Z`;
}
