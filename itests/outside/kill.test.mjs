// SPDX-License-Identifier: Apache-2.0
// kill -9 in the middle of collecting, again and again: what was served before is there after, once, and it goes on.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { Appliance, until } from './appliance.mjs';

const kills = Number(process.env.CUBE_KILLS ?? 3);
const cube = await Appliance.make({ simulator: '--devices 10 --logs 10 --interval 2 --buffer 8000' });
after(() => cube.stop('SIGTERM'));

test(`loses and doubles nothing when killed ${kills} times while collecting`, async () => {
  const seen = new Map(); // log -> { first, last } ever served
  for (let i = 1; i <= kills; i++) {
    const started = cube.start().catch(() => undefined);
    await until('it serves', () => fetch(`${cube.url}/api/v1/trend-logs?limit=1`).then((answer) => answer.ok, () => false));
    await pause((i * 7919) % 4000); // from the first record to rest; a fixed sequence, so that a failure can be repeated
    for (const log of (await cube.logs()).filter((one) => one.samples > 0)) {
      seen.set(log.id, { first: seen.get(log.id)?.first ?? (await cube.samples(log.id))[0].seq, last: log.lastSequence });
    }
    process.kill(cube.pid(), 'SIGKILL');
    await cube.ended;
    await started;
  }
  await cube.start();
  assert.ok(seen.size > 0);
  for (const [id, { first, last }] of seen) {
    const samples = await cube.samples(id);
    assert.equal(samples[0].seq, first, `${id} begins where it began`);
    samples.forEach((sample, i) => assert.equal(sample.seq, first + i, `${id} at ${i}`));
    assert.ok(samples.at(-1).seq >= last, `${id} holds all that was served: ${samples.at(-1).seq} of ${last}`);
  }
  await until('every log is collected without a hand', async () => (await cube.logs()).length === 100);
  console.log(`kill -9: ${kills} times, ${seen.size} logs compared, 0 lost, 0 doubled`);
});

const pause = (ms) => new Promise((next) => setTimeout(next, ms));
