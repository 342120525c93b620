// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** Page: all trend logs, filtered and sorted in the browser. */
import { getAll, usePolled } from "/gui/api.js";
import { definePage, html, useEffect, useMemo, useRef, useState } from "/gui/page.js";
import { hashOf, parseRoute, replaceHash } from "/gui/routes.js";
import { STATES, filtered, inSight, rowOf, sorted } from "./rows.js";
import { timeText } from "./times.js";

/** @typedef {import("./rows.js").Row} Row */
/** @typedef {import("./rows.js").Column} Column */

const REFRESH_SECONDS = 60;

/** @type {{key: Column, title: string}[]} */
const COLUMNS = [
  { key: "name", title: "Name" }, { key: "device", title: "Device" }, { key: "id", title: "Id" },
  { key: "units", title: "Units" }, { key: "samples", title: "Samples" }, { key: "last", title: "Last sample" },
  { key: "state", title: "State" },
];

/** @param {{route: string}} props */
function TrendLogs({ route }) {
  const { value, problem } = usePolled(
    async (gone, part) => {
      const items = await getAll("/api/v1/trend-logs?limit=1000", gone, (some) => part(some.map(rowOf)));
      return items.map(rowOf);
    },
    "logs", REFRESH_SECONDS);
  const { query } = parseRoute(route);
  const text = query.get("q") ?? "";
  const sort = query.get("sort") ?? "name";
  const descending = sort.startsWith("-");
  const column = COLUMNS.find(({ key }) => key === sort.replace(/^-/, ""))?.key ?? "name";
  const rows = useMemo(() => sorted(value ?? [], column, descending), [value, column, descending]);
  const shown = useMemo(() => filtered(rows, text), [rows, text]);

  const show = (/** @type {string} */ q, /** @type {string} */ order) =>
    replaceHash(hashOf("trend-logs", "", { q, sort: order === "name" ? undefined : order }));
  return html`
    <header class="title">
      <h1>Trend logs</h1>
      <input type="search" aria-label="Filter trend logs" placeholder="Filter by name, device, id, units, state"
        value=${text} onInput=${(/** @type {any} */ e) => show(e.target.value, sort)} />
    </header>
    ${problem && html`<p class="notice" role="alert">${problem.message} Trying again …</p>`}
    ${value === null ? !problem && html`<p class="quiet" aria-busy="true">Loading trend logs …</p>` : html`
      <p class="quiet" role="status">${count(shown.length, value.length)}</p>
      <${Table} rows=${shown} column=${column} descending=${descending}
        onSort=${(/** @type {Column} */ key) => show(text, key === column && !descending ? `-${key}` : key)} />`}`;
}

/** @param {number} shown @param {number} all */
function count(shown, all) {
  if (all === 0) {
    return "No trend log is known yet. They appear here as devices are found.";
  }
  const known = `${all.toLocaleString("en")} trend logs`;
  return shown === all ? known : `${shown.toLocaleString("en")} of ${known}`;
}

/**
 * Only the rows in sight are in the document; two empty ones stand for the rest.
 * @param {{rows: Row[], column: Column, descending: boolean, onSort: (key: Column) => void}} props
 */
function Table({ rows, column, descending, onSort }) {
  const body = useRef(null);
  const [sight, setSight] = useState({ above: 0, height: innerHeight, rowHeight: 48 });
  useEffect(() => {
    const look = () => {
      const rowHeight = body.current.querySelector("tr[aria-rowindex]")?.offsetHeight || 48;
      setSight({ above: -body.current.getBoundingClientRect().top, height: innerHeight, rowHeight });
    };
    look();
    addEventListener("scroll", look, { passive: true });
    addEventListener("resize", look);
    return () => {
      removeEventListener("scroll", look);
      removeEventListener("resize", look);
    };
  }, [rows]);
  const { first, end } = inSight(sight.above, sight.height, sight.rowHeight, rows.length);
  const order = descending ? "descending" : "ascending";
  return html`
    <table class="logs" aria-rowcount=${rows.length + 1}>
      <thead>
        <tr>
          ${COLUMNS.map(({ key, title }) => html`
            <th key=${key} scope="col" class=${key} aria-sort=${key === column ? order : undefined}>
              <button type="button" onClick=${() => onSort(key)}>${title}</button>
            </th>`)}
        </tr>
      </thead>
      <tbody ref=${body}>
        <${Rest} height=${first * sight.rowHeight} />
        ${rows.slice(first, end).map((row, i) => html`<${LogRow} key=${row.id} row=${row} index=${first + i + 2} />`)}
        <${Rest} height=${(rows.length - end) * sight.rowHeight} />
      </tbody>
    </table>`;
}

/** @param {{height: number}} props */
function Rest({ height }) {
  return height > 0 && html`<tr aria-hidden="true"><td class="rest" style=${{ height: `${height}px` }}></td></tr>`;
}

/** @param {{row: Row, index: number}} props */
function LogRow({ row, index }) {
  return html`
    <tr aria-rowindex=${index}>
      <td class="name">
        <a href=${hashOf("chart", row.id, {})}>${row.name}</a>
        <small>${row.id}<span> · ${row.device}</span></small>
      </td>
      <td class="device">${row.device}</td>
      <td class="id">${row.id}</td>
      <td class="units">${row.units}</td>
      <td class="samples">${row.samples.toLocaleString("en")}</td>
      <td class="last" title=${row.zone}>${row.last === -Infinity ? "–" : timeText(row.last, row.zone)}</td>
      <td class="state">
        <span class="state ${row.state}" title=${row.cause || undefined}>${STATES[row.state]}</span>
      </td>
    </tr>`;
}

definePage("trend-logs", TrendLogs);
