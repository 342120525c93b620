// SPDX-License-Identifier: Apache-2.0
// A building in which each device has another fault, judged through REST alone: each loss is told to the record and with
// its cause, and nothing else is lost, doubled or misdated. What a device has made is a function of time and its fault
// (bundles/site-simulator/README.md), so what should be there is computed here and not asked for.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { Appliance, until } from './appliance.mjs';

const LAST = 0xffffffff; // the number after which they begin again at 1 (ASHRAE 135, 12.25.16)
const anchor = Math.floor(Date.now() / 1000) * 1000 - 25_000; // what recurs in 40 s happens first when all is up

/*
 * A case is a device. Of what is not as with the others it says:
 *   turns    what happens to its logs every so many seconds: the records it makes of that, and seconds without any
 *   shift    seconds by which its clock is off, at so many seconds after the anchor
 *   first    number of its first record
 *   lost     the causes for which there must be losses: what the gap or the record after it is like then
 *   may      those for which there may be
 *   left     it is visited as planned only, not every second or so
 *   seen     what its logs, the device and the addresses that it had must have shown before the end
 *   samples  what else must be true of the records of each log
 */
const cases = [
  { ails: '' },
  { ails: 'buffer=4', left: true, lost: { overflow: () => true }, seen: (log) => log.state.advice?.bufferSize > 4 },
  { ails: 'purge=15s,buffer=40', turns: { every: 15, opening: 1 }, left: true, may: ['overflow'],
    lost: { purge: (gap, next) => next.status?.includes('buffer-purged') && next.seq % 15 === 1 } },
  // 37: were it a multiple of the 10 s between visits, these could miss the moment for ever
  { ails: 'disable=12s/37s,buffer=1', turns: { every: 37, pause: 12, opening: 1, closing: 1 }, left: true, may: ['overflow'],
    lost: { 'log-disabled': (gap, next) => next.status?.includes('log-disabled') } },
  { ails: 'disable=5s/20s', turns: { every: 20, pause: 5, opening: 1, closing: 1 } },
  { ails: 'power-loss=10s/30s', turns: { every: 30, pause: 10, closing: 1 },
    samples: (all) => all.some((one) => one.status?.includes('log-interrupted')) },
  { ails: 'silence=16s/40s,buffer=14', may: ['overflow'],
    lost: { 'device-away': (gap) => gap.seq + gap.count > 41 && (gap.seq + gap.count - 42) % 40 < 16 } },
  { ails: 'silence=10s/40s' },
  { ails: 'reset=40300ms,buffer=50', resets: 40.3, left: true, lost: { 'sequence-reset': (gap, next) => next.seq === 1 } },
  { ails: `first-sequence=${LAST - 44}`, first: LAST - 44, seen: (log) => log.lastSequence < 10_000 },
  { ails: `first-sequence=${LAST - 47},silence=16s/40s,buffer=5`, first: LAST - 47, may: ['overflow', 'device-away', 'wrap'],
    seen: (log) => log.lastSequence < 10_000,
    samples: (all) => all[0].seq < 10_000 || all.some((one, i) => one.cause === 'wrap' && all[i + 1]?.cause === 'wrap') },
  { ails: 'no-sequence', seen: (log) => log.state.mode === 'time' },
  { ails: 'by-position-only', seen: (log) => log.state.mode === 'position' },
  { ails: 'by-position-only,range-limit=3,no-rpm,max-apdu=206' },
  { ails: 'no-rpm,max-apdu=128,range-limit=4' },
  { ails: 'loss=10%,duplicates=10%,reorder=10%' },
  { ails: 'no-sequence,loss=10%,duplicates=10%' },
  { ails: 'delay=300ms' },
  { ails: 'clock-jump=1h/20s', turns: { every: 20, opening: 1 }, shift: (at) => 3600 * (Math.floor(at / 20) % 2),
    seen: (log, device) => device.clock?.jumps > 0,
    samples: (all) => all.some((one) => one.seconds === 3600) && all.some((one) => one.seconds === -3600) },
  { ails: 'clock-jump-unlogged=-30m/20s', shift: (at) => -1800 * (Math.floor(at / 20) % 2),
    seen: (log, device) => device.clock?.jumps > 0 },
  { ails: 'no-sequence,clock-jump-unlogged=-30m/20s', shift: (at) => -1800 * (Math.floor(at / 20) % 2) },
  { ails: 'clock-off=-90m', shift: () => -5400, seen: (log, device) => Math.abs(device.clock?.aheadSeconds + 5400) < 30 },
  { ails: 'no-time=10', samples: (all) => all.every((one) => (one.tsFrom !== undefined) === (one.seq % 10 === 0)) },
  { ails: 'truncated-record=10', samples: (all) => all.every((one) => (one.type === 'undecodable') === (one.seq % 10 === 0)) },
  { ails: 'unknown-choice=10', samples: (all) => all.every((one) => (one.type === 'undecodable') === (one.seq % 10 === 0)) },
  { ails: 'wrong-object=20%,wrong-property=20%' },
  { ails: 'count-too-high=20%,count-too-low=20%' },
  { ails: 'first-wrong=20%,first-old=20%' },
  { ails: 'first-missing=20%,more-forever' },
  { ails: 'total-backwards=20%' },
  { ails: 'twin', seen: (log, device) => device.claimants.length === 1 },
  { ails: 'move=40s', seen: (log, device, addresses) => addresses.size > 1 },
  { ails: 'max-apdu=480', routed: true },
  { ails: 'max-apdu=50,no-rpm', routed: true },
].map((one, i) => ({ ...one, instance: 1001 + i }));
const routed = cases.filter((one) => one.routed).map((one) => one.instance);
const faults = cases.flatMap((one) => one.ails.split(',').filter(Boolean).map((fault) => `${fault}@${one.instance}`));

const cube = await Appliance.make({
  simulator: `--devices ${cases.length} --logs 2 --all-kinds --interval 1 --one-interval --anchor ${new Date(anchor).toISOString()}`
    + ` --behind-router ${routed[0]}-${routed.at(-1)} --fault ${faults.join(',')},router-away=8s/40s`,
  network: ['apdu.timeout.ms = 500', 'apdu.retries = 4', 'routed.requests.per.second = 0'],
});
after(() => cube.stop('SIGTERM'));

test('tells each loss to the record and with its cause, and loses nothing else, whatever ails a device', async () => {
  await cube.start();
  const addresses = new Map(cases.map((one) => [one.instance, new Set()]));
  let awaited = cases;
  await until('each fault has shown', async () => {
    const [logs, devices, losses] = await Promise.all([cube.logs(), byInstance('instance', 'devices'),
      byInstance('device', 'completeness', { group: 'device' })]);
    devices.forEach((device, instance) => addresses.get(instance)?.add(device.address));
    awaited = cases.filter(({ instance, lost = {}, seen = () => true }) => {
      const own = logs.filter((log) => log.device.instance === instance);
      return own.length < 2 || !own.every((log) => log.samples > 0 && seen(log, devices.get(instance), addresses.get(instance)))
        || !Object.keys(lost).every((cause) => losses.get(instance)?.causes[cause] > 0);
    });
    await visit(logs.filter((log) => !ailing(log).left));
    return awaited.length === 0;
  }, 180).catch((error) => assert.fail(`${error.message}: ${awaited.map((one) => one.ails).join('; ')}`));

  const end = Date.now();
  const logs = await until('each log is read to the end', async () => {
    const found = await cube.logs();
    const unread = found.filter((log) => anchor + 1000 * madeAt(ailing(log), { seq: log.lastSequence + 1, ts: log.last }) <= end);
    await visit(unread);
    return unread.length === 0 && found;
  });
  assert.equal(logs.length, 2 * cases.length + 1);
  const sums = new Map();
  for (const log of logs) {
    const { samples, told } = await samplesAndSums(log.id);
    const lost = judge(ailing(log), log, samples);
    assert.deepEqual(told.causes, lost, `${log.id} with ${ailing(log).ails}`);
    assert.equal(told.completeness === 1, told.lost === 0, log.id);
    assert.equal(told.samples, samples.filter((one) => one.type !== 'gap').length, log.id);
    Object.entries(lost).forEach(([cause, count]) => sums.set(cause, (sums.get(cause) ?? 0) + count));
  }
  const [network] = (await cube.json('/api/v1/networks')).items;
  assert.equal(network.duplicateInstances, 1);
  assert.ok(network.traffic.retries > 0);
  console.log(`faults: ${cases.length} devices, 0 doubled, and each lost record told: ${[...sums].map((sum) => sum.join(' ')).join(', ')}`);
});

/** Follows a log from record to record. @return how many are lost, by cause */
function judge(one, log, samples) {
  const called = `${log.id} with ${one.ails}`;
  const sums = {};
  samples.forEach((sample, i) => {
    const [before, next] = [samples[i - 1], samples[i + 1]];
    const at = `${called}: ${JSON.stringify([before, sample, next])}`;
    if (before?.run === sample.run) {
      assert.equal(sample.seq, before.seq + (before.count ?? 1), at);
    } else if (before) {
      assert.deepEqual([sample.run, sample.seq], [before.run + 1, 1], at);
      assert.equal(before.seq + (before.count ?? 1) - 1, !one.resets ? LAST : madeAt(one, sample) < 2 * one.resets ? 41 : 40, at);
    }
    if (sample.type === 'gap') {
      sums[sample.cause] = (sums[sample.cause] ?? 0) + sample.count;
      assert.ok(one.may?.includes(sample.cause) || one.lost?.[sample.cause]?.(sample, next), at);
    } else if (!sample.tsFrom) {
      const made = madeAt(one, sample);
      assert.equal(Date.parse(sample.ts), anchor + Math.round(1000 * (made + (one.shift?.(made) ?? 0))), at);
    }
  });
  if (!/buffer/.test(one.ails)) assert.equal(samples[0].seq, one.first ?? 1, called);
  assert.ok(one.samples?.(samples) ?? true, called);
  return sums;
}

/** How many seconds after the anchor a device made a record. */
function madeAt({ first = 1, resets, turns }, { seq, ts }) {
  if (resets) { // the number does not say after which of them
    const turn = Math.max(0, Math.round(((Date.parse(ts) - anchor) / 1000 - seq) / resets));
    return turn * resets + seq - (turn === 0 ? 1 : 0);
  }
  const { every = Infinity, pause = 0, opening = 0, closing = 0 } = turns ?? {};
  const index = seq >= first ? seq - first : seq + LAST - first;
  if (index < every) return index;
  const eachTurn = opening + closing + every - pause - 1;
  const place = (index - every) % eachTurn;
  const turn = (index - every - place) / eachTurn + 1;
  return turn * every + (place < opening ? 0 : pause + Math.max(0, place - opening - closing + 1));
}

/** All records of a log, and what is told of them in sum at the same moment. */
function samplesAndSums(id) {
  const sums = async () => (await cube.json(`/api/v1/completeness?log=${id}`)).items[0];
  return until(`${id} stands still`, async () => {
    const told = await sums();
    const samples = await cube.samples(id);
    return JSON.stringify(told) === JSON.stringify(await sums()) && { samples, told };
  });
}

const ailing = (log) => cases[log.device.instance - cases[0].instance];

const byInstance = async (key, list, query) => new Map((await cube.all(list, query)).map((one) => [one[key], one]));

const visit = (logs) => Promise.all(logs.map((log) => fetch(`${cube.url}/api/v1/trend-logs/${log.id}/collect`, { method: 'POST' })));
