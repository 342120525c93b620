// SPDX-License-Identifier: Apache-2.0
// @ts-check
/** One line over time, drawn by uPlot. */
import plotting from "/gui/vendor/uplot.js";
import { html, useEffect, useRef, useState } from "/gui/page.js";
import { numberText } from "./series.js";
import { knownZone, timeText } from "./times.js";

const uPlot = /** @type {any} */ (plotting); // comes without types
const DAY = 86_400;

/** Texts of the time axis by the seconds between two ticks: text, then what is added at a new year, -, day. */
const TICKS = [
  [365 * DAY, "{YYYY}", null, null, null, null, null, null, 1],
  [28 * DAY, "{MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [DAY, "{D} {MMM}", "\n{YYYY}", null, null, null, null, null, 1],
  [60, "{HH}:{mm}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
  [1, "{HH}:{mm}:{ss}", "\n{D} {MMM} {YYYY}", null, "\n{D} {MMM}", null, null, null, 1],
];

/**
 * @param {object} props
 * @param {import("./series.js").Points} props.points
 * @param {import("./series.js").Gap[]} props.gaps
 * @param {import("./views.js").Span} props.span
 * @param {string} props.zone
 * @param {string} props.units
 * @param {boolean} props.stepped
 * @param {string} props.label what the picture shows, for those who do not see it
 * @param {(span: import("./views.js").Span) => void} props.onZoom
 */
export function Plot({ points, gaps, span, zone, units, stepped, label, onZoom }) {
  const box = useRef(/** @type {any} */ (null));
  const dark = useDark();
  const zoom = useRef(onZoom);
  zoom.current = onZoom;

  useEffect(() => {
    const width = box.current.clientWidth;
    const plot = new uPlot(
      options({ gaps, span, zone: knownZone(zone), units, stepped, width, onZoom: (chosen) => zoom.current(chosen) }),
      [points.times, points.values], box.current);
    const resized = new ResizeObserver(([entry]) =>
      plot.setSize({ width: Math.floor(entry.contentRect.width), height: heightOf(entry.contentRect.width) }));
    resized.observe(box.current);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [points, gaps, span.from, span.to, zone, units, stepped, dark]);
  return html`<div class="plot" role="img" aria-label=${label} ref=${box}></div>`;
}

/** Whether the browser shows dark pages now. */
function useDark() {
  const [dark, setDark] = useState(matchMedia("(prefers-color-scheme: dark)").matches);
  useEffect(() => {
    const query = matchMedia("(prefers-color-scheme: dark)");
    const follow = () => setDark(query.matches);
    query.addEventListener("change", follow);
    return () => query.removeEventListener("change", follow);
  }, []);
  return dark;
}

/**
 * @param {{gaps: import("./series.js").Gap[], span: import("./views.js").Span, zone: string, units: string,
 *   stepped: boolean, width: number, onZoom: (span: import("./views.js").Span) => void}} props
 */
function options({ gaps, span, zone, units, stepped, width, onZoom }) {
  const style = getComputedStyle(document.documentElement);
  const colour = (/** @type {string} */ name) => style.getPropertyValue(name).trim();
  const axis = {
    stroke: colour("--cube-quiet"), font: "12px system-ui, sans-serif",
    grid: { stroke: colour("--cube-line"), width: 1 }, ticks: { stroke: colour("--cube-line"), width: 1 },
  };
  const moment = (/** @type {any} */ _, /** @type {number | null} */ seconds) =>
    seconds === null ? "–" : timeText(seconds * 1000, zone);
  const missing = (/** @type {number | undefined} */ time) =>
    gaps.find(({ from, to }) => time !== undefined && from <= time && time <= to)?.text ?? "–";
  const reading = (/** @type {any} */ plot, /** @type {number | null} */ value, /** @type {any} */ _,
    /** @type {number | null} */ index) =>
    value === null ? missing(plot.data[0][index ?? -1]) : `${numberText(value)} ${units}`;
  const figures = (/** @type {any} */ _, /** @type {number[]} */ ticks) => ticks.map(numberText);
  return {
    width, height: heightOf(width),
    tzDate: (/** @type {number} */ seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
    scales: { x: { time: true, range: () => [span.from / 1000, span.to / 1000] } },
    series: [
      { label: "Time", value: moment },
      {
        label: "Value", stroke: colour("--cube-copper"), fill: colour("--cube-wash"), width: 1.25,
        paths: stepped ? uPlot.paths.stepped({ align: 1 }) : undefined,
        value: reading,
      },
    ],
    axes: [
      { ...axis, values: TICKS },
      { ...axis, size: 64, label: units, labelSize: units ? 22 : 0, labelFont: axis.font, values: figures },
    ],
    cursor: { drag: { x: true, y: false, setScale: false }, points: { size: 9 } },
    hooks: {
      drawClear: [(/** @type {any} */ plot) => mark(plot, gaps, colour("--cube-look"))],
      setSelect: [(/** @type {any} */ plot) => {
        const { left, width: chosen } = plot.select;
        if (chosen > 4) {
          const millis = (/** @type {number} */ at) => Math.round(plot.posToVal(at, "x") * 1000);
          onZoom({ from: millis(left), to: millis(left + chosen) });
        }
      }],
    },
  };
}

/**
 * Marks where records are lost, however short that is, behind the line.
 * @param {any} plot
 * @param {import("./series.js").Gap[]} gaps
 * @param {string} colour
 */
function mark(plot, gaps, colour) {
  const { left, top, width, height } = plot.bbox;
  const at = (/** @type {number} */ time) => Math.min(left + width, Math.max(left, plot.valToPos(time, "x", true)));
  plot.ctx.save();
  plot.ctx.globalAlpha = 0.2;
  plot.ctx.fillStyle = colour;
  gaps.forEach(({ from, to }) => plot.ctx.fillRect(at(from), top, Math.max(2, at(to) - at(from)), height));
  plot.ctx.restore();
}

/** @param {number} width */
function heightOf(width) {
  return Math.round(Math.min(460, Math.max(260, width * 0.42)));
}
