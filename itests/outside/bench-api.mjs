// SPDX-License-Identifier: Apache-2.0
// A year of one 15-minute log, 35,040 samples, over REST in each form. Medians of eleven, warm.
import { rmSync } from 'node:fs';
import { Appliance, until } from './appliance.mjs';
import { report } from './bench.mjs';

const cube = await Appliance.make({ simulator: '--devices 1 --logs 2 --interval 20 --buffer 35040 --anchor 2025-01-01T00:00:00Z' });
await cube.start();
const log = await until('a year of a 15-minute log is archived', async () =>
  (await cube.logs()).find((one) => one.intervalSeconds >= 60 && one.samples >= 35_040), 120);
const forms = { ndjson: 'format=ndjson', csv: 'format=csv', points: 'maxPoints=2000' };
for (const [name, query] of Object.entries(forms)) {
  const times = [];
  let bytes = 0;
  for (let i = 0; i < 21; i++) {
    const began = performance.now();
    const answer = await fetch(`${cube.url}/api/v1/trend-logs/${log.id}/samples?${query}`, { headers: { 'Accept-Encoding': 'identity' } });
    bytes = (await answer.arrayBuffer()).byteLength;
    if (i >= 10) times.push(performance.now() - began);
  }
  report(`api.year_${name}_ms`, times, 'ms', `a year of a 15-minute log, ${name}, ${(bytes / 1e6).toFixed(2)} MB`);
}
const times = [];
for (let i = 0; i < 21; i++) {
  const began = performance.now();
  let samples = 0;
  let next = '';
  do {
    const page = await cube.json(`/api/v1/trend-logs/${log.id}/samples?limit=10000${next && `&cursor=${encodeURIComponent(next)}`}`);
    samples += page.samples.length;
    next = page.next;
  } while (next);
  if (samples < 35_040) throw new Error(`${samples} samples`);
  if (i >= 10) times.push(performance.now() - began);
}
report('api.year_json_ms', times, 'ms', 'the same as JSON, in pages of 10,000');
await cube.stop();
rmSync(cube.data, { recursive: true });
