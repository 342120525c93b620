// SPDX-License-Identifier: Apache-2.0
// A large site for half an hour at ten times real speed: no record lost or doubled, memory flat; CPU and requests told.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Appliance, until } from './appliance.mjs';

const minutes = Number(process.env.CUBE_SOAK_MINUTES ?? 30);
const devices = 250;
const logsOfEach = 20;
const ticksASecond = 100; // of /proc/PID/stat, whatever the kernel's own
const cube = await Appliance.make({
  simulator: `--devices ${devices} --logs ${logsOfEach} --interval 60 --one-interval --compress 10 --buffer 1440`,
});
after(() => cube.stop('SIGTERM'));

test(`collects ${devices * logsOfEach} logs of one-minute records for ${minutes} minutes at ten times real speed`, async () => {
  await cube.start();
  await until('every log has its first records', async () => {
    const logs = await cube.logs();
    return logs.length === devices * logsOfEach && logs.every((log) => log.samples > 0);
  }, 600);
  const before = await figures();
  const memory = [];
  const end = Date.now() + minutes * 60_000;
  while (Date.now() < end) {
    await new Promise((next) => setTimeout(next, 10_000));
    memory.push(resident());
  }
  const now = await figures();
  const logs = await cube.logs();
  for (const log of logs) {
    assert.equal(log.lost, 0, `${log.id} has lost records`);
    assert.equal(log.state.cause ?? '', '', log.id);
  }
  for (const log of logs.filter((one, i) => i % 50 === 0)) {
    const samples = await cube.samples(log.id);
    samples.forEach((sample, i) => assert.equal(sample.seq, samples[0].seq + i, `${log.id} at ${i}`));
  }
  const collected = now.samples - before.samples;
  const visit = 60_000; // so long may a device have kept its newest records
  const wanted = (now.time - before.time - visit) / 6000 * logs.length; // a record each six seconds of ours
  assert.ok(collected > 0.9 * wanted, `${collected} of about ${wanted} records`);
  const third = memory.length / 3;
  const [early, late] = [median(memory.slice(third, 2 * third)), median(memory.slice(2 * third))];
  assert.ok(late < 1.1 * early, `resident memory grows: ${early} MB, then ${late} MB`);
  const seconds = (now.time - before.time) / 1000;
  console.log(`${collected} records of ${logs.length} logs in ${seconds.toFixed(0)} s, 0 lost; `
    + `${((now.requests - before.requests) / seconds).toFixed(1)} requests/s, `
    + `${(100 * (now.ticks - before.ticks) / ticksASecond / seconds).toFixed(1)} % of a core, `
    + `resident ${early.toFixed(0)} MB in the second third, ${late.toFixed(0)} MB in the last`);
});

async function figures() {
  const [status, networks] = await Promise.all([cube.json('/api/v1/status'), cube.json('/api/v1/networks')]);
  const stat = readFileSync(`/proc/${cube.pid()}/stat`, 'utf8').split(') ')[1].split(' ');
  return {
    time: Date.now(),
    samples: status.samples.total,
    requests: networks.items.reduce((sum, one) => sum + one.traffic.requests, 0),
    ticks: Number(stat[11]) + Number(stat[12]),
  };
}

function resident() {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${cube.pid()}/status`, 'utf8'))[1]) / 1000;
}

function median(numbers) {
  return [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
}
