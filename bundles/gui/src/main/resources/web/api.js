// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** Calls of the REST API. */
import { useEffect, useState } from "./vendor/htm-preact.js";

const TIME_LIMIT = 15_000;

/** The API said no, or said nothing. */
export class Problem extends Error {
  /**
   * @param {number} status 0 when there was no answer
   * @param {string} message one sentence for the user
   * @param {number} retryAfter seconds
   */
  constructor(status, message, retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

/**
 * @param {string} path below the server's root
 * @param {AbortSignal} gone aborts when nobody waits for the answer any more
 * @returns {Promise<any>}
 */
export async function getJson(path, gone) {
  const limit = new AbortController();
  const stop = () => limit.abort();
  const timer = setTimeout(stop, TIME_LIMIT);
  gone.addEventListener("abort", stop);
  try {
    const response = await fetch(path, { headers: { Accept: "application/json" }, signal: limit.signal });
    if (!response.ok) {
      throw await problemOf(response);
    }
    return await response.json();
  } catch (e) {
    throw e instanceof Problem ? e : new Problem(0, "The appliance does not answer.", 5);
  } finally {
    clearTimeout(timer);
    gone.removeEventListener("abort", stop);
  }
}

/** @param {Response} response */
async function problemOf(response) {
  const document = await response.json().catch(() => ({}));
  const retryAfter = Number(response.headers.get("Retry-After")) || 5;
  const text = String(document.detail ?? document.title ?? `Answer ${response.status}`);
  return new Problem(response.status, /[.!?]$/.test(text) ? text : `${text}.`, retryAfter);
}

/**
 * All items of a paged list.
 * @param {string} path with its query
 * @param {AbortSignal} gone
 * @param {(items: any[]) => void} onPart told what there is after each page but the last
 * @returns {Promise<any[]>}
 */
export async function getAll(path, gone, onPart) {
  const items = [];
  const url = new URL(path, location.origin);
  for (;;) {
    const page = await getJson(url.pathname + url.search, gone);
    items.push(...page.items);
    if (!page.next) {
      return items;
    }
    onPart([...items]);
    url.searchParams.set("cursor", page.next);
  }
}

/**
 * Loads at once, again whenever `key` changes, and every few seconds while the page is seen. A failure keeps the last
 * value and tries on.
 * @template T
 * @param {(gone: AbortSignal, part: (value: T) => void) => Promise<T>} load may show a part of the value before it ends
 * @param {string} key
 * @param {number} seconds between two loads; 0 for only once
 * @returns {{value: T | null, problem: Problem | null}}
 */
export function usePolled(load, key, seconds) {
  const [state, setState] = useState({ value: null, problem: null });
  useEffect(() => {
    const gone = new AbortController();
    let timer = 0;
    let value = /** @type {T | null} */ (null);
    const show = (/** @type {T} */ newer) => gone.signal.aborted || setState({ value: newer, problem: null });
    const turn = async () => {
      let pause = seconds;
      if (value === null || !document.hidden) {
        try {
          // A part is shown the first time only: later it would take rows away.
          value = await load(gone.signal, value === null ? show : () => {});
          show(value);
        } catch (problem) {
          if (!gone.signal.aborted) {
            setState((/** @type {any} */ last) => ({ ...last, problem }));
          }
          pause = problem instanceof Problem ? problem.retryAfter : 5;
        }
      }
      if (pause > 0 && !gone.signal.aborted) {
        timer = window.setTimeout(turn, pause * 1000);
      }
    };
    turn();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [key, seconds]);
  return state;
}
