// SPDX-License-Identifier: Apache-2.0
// What REST serves is what an independent BACnet client reads from the devices, record by record, in logs of each kind.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { Appliance, canJudge, until } from './appliance.mjs';
import { readLog } from './judge.mjs';

const cube = await Appliance.make({
  simulator: '--devices 4 --logs 5 --multiples 1 --event-logs 1 --all-kinds --interval 60 --one-interval --buffer 150',
});
after(() => cube.stop('SIGTERM'));

test('serves each record as an independent client reads it from the device', { skip: !canJudge && 'needs Node 20' }, async () => {
  await cube.start();
  const logs = await until('all logs are collected', async () => {
    const found = await cube.logs();
    return found.length >= 50 && found.every((log) => log.state?.lastSuccess) && found;
  });
  const device = new Map(); // the members of a Trend Log Multiple are one log there
  const whole = new Map(); // records that it understands, by kind
  const others = new Map(); // those of which it knows number and time only, by kind of log
  for (const log of logs) {
    const object = log.id.split('.').slice(0, 3).join('.');
    if (!device.has(object)) device.set(object, await readLog(cube.bacnetPort(), log));
    const mine = new Map((await cube.samples(log.id)).map((sample) => [sample.seq, sample]));
    const held = device.get(object).filter((record) => record.seq <= log.lastSequence); // newer ones wait for a visit
    assert.ok(held.length > 100, `${log.id}: ${held.length} records`);
    for (const { raw, ...theirs } of held) {
      const sample = mine.get(theirs.seq);
      assert.deepEqual(raw ? { seq: sample?.seq, ts: sample?.ts } : asTheirs(sample, theirs), theirs, `${log.id}: ${JSON.stringify(sample)}`);
      assert.ok(!sample.raw || raw.includes(sample.raw), log.id);
      if (raw) count(others, log.object.type);
      else count(whole, sample.type);
    }
  }
  assert.deepEqual([...whole.keys()].sort(), ['enumerated', 'log-status', 'real', 'time-change', 'unsigned']);
  console.log(`@bacnet-js/client: the same over REST are ${list(whole)}; of ${list(others)} records of other kinds it tells number `
    + 'and time only. Their values: SecondOpinionTest (PLC4X, Trend Logs), KindsOfLogsTest (BACnet4J, the other logs)');
});

const count = (counts, key) => counts.set(key, (counts.get(key) ?? 0) + 1);

const list = (counts) => [...counts].map(([key, number]) => `${number} ${key}`).join(', ');

/** A sample of REST in the words of the client, which has the kind of a number from us only. */
function asTheirs({ seq, ts, type, value, special, seconds, status, flags }, theirs) {
  return {
    seq,
    ts,
    ...type === 'log-status' ? { status } : type === 'time-change' ? { seconds } : { value: number(type, value, special) },
    ...(flags || theirs.flags) && { flags: flags ?? [] },
  };
}

/** REST writes the shortest decimal of a float32, the client the float64 nearest to it. */
function number(type, value, special) {
  return special ? { nan: NaN, inf: Infinity, '-inf': -Infinity }[special] : type === 'real' ? Math.fround(value) : value;
}
