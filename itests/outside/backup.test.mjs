// SPDX-License-Identifier: Apache-2.0
// bin/cube backup and restore: while samples are collected, when it is stopped, and with files that are none of ours.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { appendFileSync, closeSync, existsSync, openSync, readFileSync, readdirSync, writeFileSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Appliance, root, until } from './appliance.mjs';

const cube = await Appliance.make();
const folder = dirname(cube.data);
const backup = join(folder, 'one.tar');
after(() => cube.stop('SIGTERM'));

/** Runs bin/cube on the appliance's data. */
function bin(...words) {
  return new Promise((done) => execFile(join(root, 'karaf-assembly/target/assembly/bin/cube'), words, {
    env: { ...process.env, CUBE_DATA: cube.data, CUBE_ETC: join(cube.data, 'etc'), CUBE_HTTP_PORT: String(cube.port) },
  }, (error, said, failed) => done({ code: error?.code ?? 0, said: said + failed })));
}

const settings = () => join(cube.data, 'etc', 'org.coppercube.archive.cfg');
const serial = () => readFileSync(join(cube.data, 'serial'), 'utf8');
const all = async () => Object.fromEntries(await Promise.all((await cube.logs()).map(
  async (log) => [log.id, await cube.samples(log.id)])));

let atBackup;

test('a backup is made while samples are collected, and restoring is refused meanwhile', async () => {
  await cube.start();
  atBackup = await all();
  const made = await bin('backup', backup);
  assert.equal(made.code, 0, made.said);
  const position = Number(/feed position: (\d+)/.exec(made.said)[1]);
  assert.ok(position >= Object.values(atBackup).flat().length);
  assert.equal((await cube.json('/api/v1/status')).collecting, true);
  const again = await bin('backup', backup);
  assert.match(again.said, /is there already/);
  const refused = await bin('restore', backup);
  assert.equal(refused.code, 1);
  assert.match(refused.said, /stop it with 'cube stop'/);
  assert.deepEqual(readdirSync(folder).filter((name) => name.includes('part')), []);
});

test('what is no backup, or is damaged, is refused and changes nothing', async () => {
  await until('samples have come since', async () =>
    Object.values(await all()).flat().length > Object.values(atBackup).flat().length);
  await cube.stop('SIGTERM');
  const whole = readFileSync(backup);
  const flipped = Buffer.from(whole);
  flipped[flipped.indexOf('derby.') + 3] ^= 1;
  const before = readdirSync(cube.data).sort();
  for (const [name, content] of Object.entries({
    cut: whole.subarray(0, whole.length / 2), flipped, text: 'time,value\n', empty: '', tail: whole.subarray(2048),
  })) {
    const file = join(folder, name);
    writeFileSync(file, content);
    const refused = await bin('restore', file);
    assert.equal(refused.code, 1, name);
    assert.match(refused.said, /nothing was changed/, name);
    assert.deepEqual(readdirSync(cube.data).sort(), [...new Set([...before, 'cube.lock'])].sort(), name);
  }
});

test('restored, it has the samples, the settings and the serial of the backup, and collects what it lacks', async () => {
  const identity = serial();
  appendFileSync(settings(), '# changed since\n');
  writeFileSync(join(cube.data, 'serial'), 'CC-000000000000\n');
  const restored = await bin('restore', backup);
  assert.equal(restored.code, 0, restored.said);
  assert.equal(serial(), identity);
  assert.doesNotMatch(readFileSync(settings(), 'utf8'), /changed since/);
  const aside = readdirSync(cube.data).find((name) => name.startsWith('before-restore-'));
  assert.match(readFileSync(join(cube.data, aside, 'etc/org.coppercube.archive.cfg'), 'utf8'), /changed since/);
  assert.ok(existsSync(join(cube.data, 'archive', aside, 'db')));
  await cube.start();
  const now = await all();
  for (const [id, samples] of Object.entries(atBackup)) {
    assert.deepEqual(now[id].slice(0, samples.length), samples, id);
    now[id].forEach((sample, i) => assert.equal(sample.seq, now[id][0].seq + i, `${id} at ${i}`));
  }
});

test('stopped, it is backed up as well; a restore that was broken off keeps it from starting', async () => {
  await cube.stop('SIGTERM');
  const second = join(folder, 'two.tar');
  assert.equal((await bin('backup', second)).code, 0);
  writeFileSync(join(cube.data, 'restore.unfinished'), 'a restore was broken off\n');
  const check = await bin('check');
  assert.equal(check.code, 1);
  assert.match(check.said, /a restore was broken off/);
  const restored = await bin('restore', second);
  assert.equal(restored.code, 0, restored.said);
  assert.equal((await bin('check')).code, 0);
});

test('stopped by a power cut, it is backed up with the second copies of the pages that the cut tore', async () => {
  const kill = async () => {
    await cube.start();
    process.kill(cube.pid(), 'SIGKILL');
    await cube.ended;
  };
  await kill();
  await kill(); // when it starts it puts right what the kill before left, and so writes pages
  const torn = tear(join(cube.data, 'archive', 'db'));
  assert.ok(torn > 0);
  const third = join(folder, 'three.tar');
  const made = await bin('backup', third);
  assert.equal(made.code, 0, made.said);
  const restored = await bin('restore', third);
  assert.equal(restored.code, 0, restored.said);
  await cube.start();
  const now = await all();
  for (const [id, samples] of Object.entries(atBackup)) {
    assert.deepEqual(now[id].slice(0, samples.length), samples, id);
  }
});

/** Leaves, of each page that the last opening of a database wrote, only the first half in place. */
function tear(db) {
  const reader = (name) => ({ bytes: readFileSync(join(db, name)), at: 0 });
  const skip = (from, count) => (from.at += count) - count;
  const text = (from) => {
    const length = from.bytes.readUInt16BE(skip(from, 2));
    return from.bytes.toString('utf8', skip(from, length), from.at);
  };
  const batch = reader('pages.twice');
  skip(batch, 12);
  assert.equal(text(batch), text(reader('db.lck')), 'the batch is of the last opening');
  const pages = batch.bytes.readInt32BE(skip(batch, 4));
  for (let i = 0; i < pages; i++) {
    const container = openSync(join(db, 'seg0', text(batch)), 'r+');
    const from = Number(batch.bytes.readBigInt64BE(skip(batch, 8)));
    const half = batch.bytes.readInt32BE(skip(batch, 4)) >> 1;
    writeSync(container, Buffer.alloc(half), 0, half, from + half);
    closeSync(container);
  }
  return pages;
}
