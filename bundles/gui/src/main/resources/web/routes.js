// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** Addresses within the shell: `#/NAME`, then what the page makes of it. */

/**
 * @param {string} hash `#/chart/hq.1200.TL5?range=week`
 * @returns {{name: string, route: string}} `chart` and `/hq.1200.TL5?range=week`; an empty name where none is given
 */
export function parseHash(hash) {
  const [, name, route] = /^#\/([a-z0-9-]*)(.*)$/s.exec(hash) ?? ["", "", ""];
  return { name, route };
}

/**
 * Splits a page's route.
 * @param {string} route `/hq.1200.TL5?range=week`
 * @returns {{path: string, query: URLSearchParams}} `hq.1200.TL5` and the query
 */
export function parseRoute(route) {
  const at = route.indexOf("?");
  const path = at < 0 ? route : route.slice(0, at);
  return { path: decoded(path.replace(/^\//, "")), query: new URLSearchParams(at < 0 ? "" : route.slice(at + 1)) };
}

/**
 * @param {string} name the page
 * @param {string} path what follows it; may be empty
 * @param {Record<string, string | number | undefined>} query entries that are undefined or empty are left out
 */
export function hashOf(name, path, query) {
  const wanted = Object.entries(query).filter(([, value]) => value !== undefined && value !== "");
  const text = new URLSearchParams(wanted.map(([key, value]) => [key, String(value)])).toString();
  return `#/${name}${path && `/${encodeURIComponent(path)}`}${text && `?${text}`}`;
}

/** Shows another state of the same page without a step in the browser's history. @param {string} hash */
export function replaceHash(hash) {
  history.replaceState(null, "", hash);
  window.dispatchEvent(new HashChangeEvent("hashchange"));
}

/** @param {string} text */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % is no reason to show nothing
  }
}
