// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** Page: one trend log over time. */
import { getJson, usePolled } from "/gui/api.js";
import { definePage, html, useMemo, useState } from "/gui/page.js";
import { hashOf, parseRoute, replaceHash } from "/gui/routes.js";
import { Plot } from "./plot.js";
import { STATES, rowOf } from "./rows.js";
import { gapsOf, isStepped, numberText, pointsOf, readingText, summaryOf, withBreaks } from "./series.js";
import { timeText } from "./times.js";
import { unitText } from "./units.js";
import { RANGES, fits, moved, queryOf, samplesPath, scaled, spanOf, viewOf } from "./views.js";

/** @typedef {import("./views.js").Span} Span */
/** @typedef {import("./views.js").View} View */

const REFRESH_SECONDS = 15;
const MAX_POINTS = 2000;
const RECORDS = 500;
const GAPS_TOLD = 5;

/** @param {{route: string}} props */
function Page({ route }) {
  const { path, query } = parseRoute(route);
  return path ? html`<${Chart} key=${path} id=${path} view=${viewOf(query)} />` : html`<${Choice} />`;
}

/** Finds a log to draw. */
function Choice() {
  const [text, setText] = useState("");
  const path = `/api/v1/trend-logs?limit=20&q=${encodeURIComponent(text)}`;
  const found = usePolled((gone) => getJson(path, gone), path, 0);
  return html`
    <header class="title">
      <h1>Chart</h1>
      <input type="search" aria-label="Find a trend log" placeholder="Find a trend log" value=${text}
        onInput=${(/** @type {any} */ e) => setText(e.target.value)} />
    </header>
    <${Trouble} problem=${found.problem} />
    <ul class="choice">
      ${(found.value?.items ?? []).map(rowOf).map((/** @type {import("./rows.js").Row} */ row) => html`
        <li key=${row.id}>
          <a href=${hashOf("chart", row.id, {})}>${row.name} <small>${row.device} · ${row.id}</small></a>
        </li>`)}
    </ul>
    ${found.value?.items.length === 0 && html`<p class="quiet">No trend log matches.</p>`}`;
}

/** @param {{problem: import("/gui/api.js").Problem | null}} props */
function Trouble({ problem }) {
  return html`
    <p class=${problem ? "notice" : "nothing"} role="alert">${problem && `${problem.message} Trying again …`}</p>`;
}

/**
 * Its parts are one element each, whatever they show: Preact would change their order when one had more or none.
 * @param {{id: string, view: View}} props
 */
function Chart({ id, view }) {
  const { value, problem } = usePolled(async (gone) => {
    const log = await getJson(`/api/v1/trend-logs/${encodeURIComponent(id)}`, gone);
    const span = spanOf(view, log);
    return { log, span, ...(span ? await load(log, span, gone) : { samples: [], points: pointsOf([]) }) };
  }, JSON.stringify([view.span, view.range]), view.span ? 0 : REFRESH_SECONDS);
  if (value === null) {
    return html`<${Waiting} id=${id} problem=${problem} />`;
  }
  const show = (/** @type {Partial<View>} */ change) =>
    replaceHash(hashOf("chart", id, queryOf({ ...view, ...change })));
  return html`
    <${Heading} log=${value.log} />
    <${Trouble} problem=${problem} />
    ${value.span ? html`<${Picture} ...${value} view=${view} show=${show} />`
      : html`<p class="notice">The archive holds nothing of this log yet.</p>`}`;
}

/** @param {{id: string, problem: import("/gui/api.js").Problem | null}} props */
function Waiting({ id, problem }) {
  if (problem?.status === 404) {
    return html`
      <h1>Chart</h1>
      <p>There is no trend log ${id}. <a href=${hashOf("trend-logs", "", {})}>All trend logs</a></p>`;
  }
  return problem ? html`<${Trouble} problem=${problem} />`
    : html`<p class="quiet" aria-busy="true">Loading ${id} …</p>`;
}

/**
 * The records themselves where they are few, or where nothing can be drawn; else what can be drawn of them.
 * @param {any} log
 * @param {Span} span
 * @param {AbortSignal} gone
 */
async function load(log, span, gone) {
  const ask = async (/** @type {Record<string, number>} */ how) => {
    const { samples, next } = await getJson(samplesPath(log.id, span, how), gone);
    return { samples, next, points: pointsOf(samples) };
  };
  const records = fits(span, log.intervalSeconds, MAX_POINTS) ? await ask({ limit: MAX_POINTS }) : null;
  if (records && !records.next) {
    return records;
  }
  const drawn = await ask({ maxPoints: MAX_POINTS });
  return drawn.points.times.length > 0 ? drawn : { ...await ask({ limit: RECORDS }), points: drawn.points };
}

/** @param {{log: any}} props */
function Heading({ log }) {
  const row = rowOf(log);
  const logged = log.logged && `records ${log.logged.object} ${log.logged.property}`;
  return html`
    <header class="title">
      <div>
        <h1>${row.name}</h1>
        <p class="quiet">${[row.device, row.id, logged].filter(Boolean).join(" · ")}</p>
      </div>
      <span class="state ${row.state}">${STATES[row.state]}</span>
      ${row.cause && html`<p class="notice">${row.cause}</p>`}
    </header>`;
}

/**
 * @param {{log: any, span: Span, samples: any[], points: import("./series.js").Points, view: View,
 *   show: (change: Partial<View>) => void}} props
 */
function Picture({ log, span, samples, points, view, show }) {
  const units = unitText(log.units);
  const zone = log.timeZone;
  const stepped = isStepped(samples, log.intervalSeconds);
  const summary = summaryOf(points);
  const line = useMemo(
    () => withBreaks(points, stepped ? 0 : log.intervalSeconds, (span.to - span.from) / 1000, MAX_POINTS),
    [points, stepped]);
  const gaps = useMemo(() => gapsOf(samples, span.from / 1000), [samples, span.from]);
  const label = summary && `${log.name} from ${timeText(span.from, zone)} to ${timeText(span.to, zone)}:`
    + ` ${summary.count} points, lowest ${numberText(summary.min)}, highest ${numberText(summary.max)} ${units}`
    + (gaps.length > 0 ? `, ${gaps.length} lost stretches` : "");
  const zoom = (/** @type {Span} */ chosen) => show({ span: chosen });
  return html`
    <section>
      <${Figures} summary=${summary} units=${units} log=${log} />
      <${Tools} id=${log.id} span=${span} view=${view} show=${show} />
      ${!summary && samples.length > 0
        && html`<p class="notice">Nothing here can be drawn as a line; these are the first records.</p>`}
      <div class="card">
        ${summary && !view.table
          ? html`<${Plot} points=${line} gaps=${gaps} span=${span} zone=${zone} units=${units} stepped=${stepped}
              label=${label} onZoom=${zoom} />`
          : html`<${Records} samples=${samples} zone=${zone} units=${units} />`}
      </div>
      <${Gaps} gaps=${gaps} zone=${zone} />
      <p class="quiet">
        Times are of the site (${zone}). Of a long range this shows the lowest and the highest sample of each stretch,
        so no peak is lost, but marks no gap;
        ${view.table ? " CSV has every record." : " drag across the chart to look closer."}
      </p>
    </section>`;
}

/**
 * What the marks in the chart mean.
 * @param {{gaps: import("./series.js").Gap[], zone: string}} props
 */
function Gaps({ gaps, zone }) {
  const time = (/** @type {number} */ seconds) => timeText(seconds * 1000, zone);
  return html`
    <ul class=${gaps.length > 0 ? "gaps" : "nothing"}>
      ${gaps.slice(0, GAPS_TOLD).map(({ from, to, text }) => html`<li>${time(from)} to ${time(to)}: ${text}</li>`)}
      ${gaps.length > GAPS_TOLD && html`<li>and ${gaps.length - GAPS_TOLD} more</li>`}
    </ul>`;
}

/** @param {{summary: ReturnType<typeof summaryOf>, units: string, log: any}} props */
function Figures({ summary, units, log }) {
  const figure = (/** @type {string} */ what, /** @type {string} */ value) =>
    html`<div><dt>${what}</dt><dd>${value}</dd></div>`;
  const reading = (/** @type {number} */ value) => `${numberText(value)} ${units}`;
  return html`
    <dl class="figures">
      ${summary && [figure("Latest shown", reading(summary.last)), figure("Lowest", reading(summary.min)),
        figure("Highest", reading(summary.max))]}
      ${figure("Samples held", log.samples.toLocaleString("en"))}
      ${log.lost > 0 && figure("Lost", log.lost.toLocaleString("en"))}
    </dl>`;
}

/** @param {{id: string, span: Span, view: View, show: (change: Partial<View>) => void}} props */
function Tools({ id, span, view, show }) {
  const button = (/** @type {string} */ sign, /** @type {string} */ what, /** @type {() => Span} */ next) =>
    html`
      <button type="button" aria-label=${what} title=${what} onClick=${() => show({ span: next() })}>${sign}</button>`;
  return html`
    <div class="tools">
      <div role="group" aria-label="Range">
        ${Object.entries(RANGES).map(([name, { text }]) => html`
          <button key=${name} type="button" aria-pressed=${!view.span && view.range === name}
            onClick=${() => show({ range: name, span: null })}>${text}</button>`)}
      </div>
      <div role="group" aria-label="Move and zoom">
        ${button("◀", "Earlier", () => moved(span, -0.5))}
        ${button("▶", "Later", () => moved(span, 0.5))}
        ${button("+", "Closer", () => scaled(span, 0.5))}
        ${button("−", "Further away", () => scaled(span, 2))}
        <button type="button" disabled=${!view.span} onClick=${() => show({ span: null })}>Reset</button>
      </div>
      <div role="group" aria-label="Other forms">
        <button type="button" aria-pressed=${view.table} onClick=${() => show({ table: !view.table })}>Table</button>
        <a role="button" href=${samplesPath(id, span, { format: "csv" })} download="${id}.csv">CSV</a>
      </div>
    </div>`;
}

/** @param {{samples: any[], zone: string, units: string}} props */
function Records({ samples, zone, units }) {
  return samples.length === 0 ? html`<p>No records in this range.</p>` : html`
    <table class="records">
      <thead>
        <tr>
          <th scope="col">Time</th><th scope="col">Value${units && `, ${units}`}</th><th scope="col">Record</th>
          <th scope="col">Flags</th>
        </tr>
      </thead>
      <tbody>
        ${samples.map((sample) => html`
          <tr key=${`${sample.run}.${sample.seq}`}>
            <td>${timeText(Date.parse(sample.ts), zone)}</td><td>${readingText(sample)}</td>
            <td>${sample.seq}</td><td>${(sample.flags ?? []).join(", ")}</td>
          </tr>`)}
      </tbody>
    </table>`;
}

definePage("chart", Page);
