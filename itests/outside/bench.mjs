// SPDX-License-Identifier: Apache-2.0
// What the benchmarks share.

export const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

/** A line for people and a line for programs. */
export function report(name, numbers, unit, text) {
  const list = [numbers].flat();
  const value = Number(median(list).toPrecision(4));
  console.log(`  ${text.padEnd(52)} ${String(value).padStart(9)} ${unit}${list.length > 1 ? `   (of ${list.map((n) => Number(n.toPrecision(4))).join(', ')})` : ''}`);
  console.log(`BENCH ${name} ${value} ${unit}`);
}
