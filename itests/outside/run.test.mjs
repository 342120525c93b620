// SPDX-License-Identifier: Apache-2.0
// ./run from a newcomer's seat: it becomes ready, shows the building's records, ends cleanly and goes on where it stopped.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { createServer } from 'node:net';
import { createSocket } from 'node:dgram';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Appliance, until } from './appliance.mjs';

const cube = await Appliance.make({ simulator: '--all-kinds' });
after(() => cube.stop('SIGTERM'));

test('is ready, and says what a newcomer needs', async () => {
  await cube.start();
  for (const text of [cube.url, 'Stop', 'Data', 'curl']) await until(`it says ${text}`, () => cube.said.includes(text));
  const page = await (await fetch(`${cube.url}/`)).text();
  assert.match(page, /<html/);
  const status = await cube.json('/api/v1/status');
  assert.equal(status.collecting, true);
  assert.ok(status.samples.total > 0);
  assert.equal(readFileSync(join(cube.data, 'log/coppercube.log'), 'utf8').match(/DerbyArchive - Archive in/g).length, 1, 'starts once');
});

test('listens on its web port of the loopback and on nothing else', async () => {
  assert.deepEqual(await listening(cube.pid(), 'tcp', '0A'), [cube.port]);
});

test('serves every log of the building, each record numbered without a hole', async () => {
  const logs = await until('all logs are archived', async () => {
    const found = await cube.logs();
    return found.length >= 48 && found.every((log) => log.archived && log.samples > 0) && found;
  });
  for (const log of logs) {
    const samples = await cube.samples(log.id);
    assert.ok(samples.length >= log.samples, log.id);
    samples.forEach((sample, i) => assert.equal(sample.seq, samples[0].seq + i, `${log.id} at ${i}`));
  }
});

test('brings a new record at once when asked to collect', async () => {
  const [log] = (await cube.logs()).filter((one) => one.intervalSeconds > 0 && one.intervalSeconds <= 30);
  await until(`a record of ${log.id} newer than ${log.lastSequence}`, async () => {
    const answer = await fetch(`${cube.url}/api/v1/trend-logs/${log.id}/collect`, { method: 'POST' });
    assert.equal(answer.status, 202);
    return (await cube.json(`/api/v1/trend-logs/${log.id}`)).lastSequence > log.lastSequence;
  }, 40);
});

test('is not moved by datagrams that freeze other collectors', async () => {
  const siemens = '810b009a0100' + '100409071a02022e000000050000002001b0c806000000020003a9840000000b5e0d9f83005443ae000000070fae01b0'
    + '3803100000004045fff0000fb701b050021000000020000000010ffb01b050031000000040428700000ffc01b050041000000020000000030ffd01b'
    + '05005100000004042c800000ffe01b050061000000020000000070fa001b0e80d1000000020000000032f';
  const frames = ['810a00210100100209001c020000012c0000000139004e0a02002e2dfff0000000', siemens].map((hex) => {
    const frame = Buffer.from(hex.length % 2 ? hex.slice(0, -1) : hex, 'hex');
    frame.writeUInt16BE(frame.length, 2);
    return frame;
  });
  const socket = createSocket('udp4');
  const send = (frame, to) => new Promise((done) => socket.send(frame, cube.bacnetPort(), to, done));
  for (let i = 0; i < 20; i++) {
    for (const frame of frames) {
      await send(frame, '127.255.255.255'); // both the collector's socket and the building's hear this one
      for (const port of await listening(cube.pid(), 'udp', '07')) {
        await new Promise((done) => socket.send(frame, port, '127.0.0.1', done));
      }
    }
  }
  socket.close();
  const before = (await cube.json('/api/v1/status')).samples.total;
  await until('samples keep coming', async () => {
    await fetch(`${cube.url}/api/v1/trend-logs/demo.1001.TL1/collect`, { method: 'POST' });
    return (await cube.json('/api/v1/status')).samples.total > before;
  });
});

test('says which port is in use, and ends', async () => {
  const taken = createServer().listen(0, '127.0.0.1');
  await new Promise((done) => taken.once('listening', done));
  const second = await Appliance.make({ port: taken.address().port });
  const error = await second.start('--no-simulator').then(() => assert.fail('it started'), (e) => e);
  taken.close();
  assert.notEqual(error.code, 0);
  assert.match(error.message, new RegExp(`port ${taken.address()?.port ?? second.port}.*in use`));
});

test('refuses an option it does not know', async () => {
  const error = await (await Appliance.make()).start('--nonsense').catch((e) => e);
  assert.equal(error.code, 1);
  assert.match(error.message, /--nonsense/);
});

test('ends cleanly on Ctrl-C, leaves no process, and goes on where it stopped', async () => {
  const before = await cube.logs();
  const began = Date.now();
  assert.equal((await cube.stop()).code, 0);
  assert.ok(Date.now() - began < 20_000);
  assert.deepEqual(cube.processes(), []);
  await cube.start();
  for (const log of before) {
    const samples = await cube.samples(log.id);
    assert.ok(samples.length >= log.samples, `${log.id} kept its samples`);
    samples.forEach((sample, i) => assert.equal(sample.seq, samples[0].seq + i, `${log.id} at ${i}`));
    assert.ok(samples.every((sample) => sample.run === 1), `${log.id} is in its first run`);
  }
});

/** Ports that sockets of a process are bound to; the state is that of /proc/net: 0A listening, 07 unconnected. */
async function listening(pid, transport, state) {
  const { readdirSync, readlinkSync, readFileSync } = await import('node:fs');
  const inodes = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
    } catch {
      return undefined;
    }
  }));
  return [transport, `${transport}6`].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1)
    .map((line) => line.trim().split(/\s+/)).filter((fields) => fields[3] === state && inodes.has(fields[9]))
    .map((fields) => parseInt(fields[1].split(':').pop(), 16)));
}
