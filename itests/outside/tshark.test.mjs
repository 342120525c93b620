// SPDX-License-Identifier: Apache-2.0
// Wireshark's dissector, which has no line in common with ours, judges every datagram that the collector sends.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { execFile, spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Appliance, until } from './appliance.mjs';

const file = join(mkdtempSync(join(tmpdir(), 'coppercube-')), 'bacnet.pcapng');
const withoutApdu = new Set([0x05, 0x08]); // Register-Foreign-Device, Delete-Foreign-Device-Table-Entry
const capture = await capturing();
const skip = capture ? false : 'needs tshark and the right to capture on the loopback: apt-get install tshark, and be root';
const cube = capture && await Appliance.make({ simulator: '--all-kinds --devices 4' });
after(async () => {
  capture?.kill();
  await cube?.stop?.('SIGTERM');
});

test('every datagram that we send is sound in the eyes of tshark', { skip }, async () => {
  const ours = new Set();
  await cube.start();
  const devices = cube.bacnetPort();
  const note = () => ports(cube.pid()).forEach((port) => port !== devices && ours.add(port)); // that one hears broadcasts
  await until('every log is collected', async () => {
    const logs = await cube.logs();
    return logs.length >= 24 && logs.every((log) => log.samples > 0);
  });
  note();

  const other = await listening('127.0.61.120');
  for (const apdu of ['1008', '100809001b3fffff', '10073d050041482d31', '10072c023ffed0', '00050a0c0c023ffed0194d',
    '00050b0e0c023ffed01e091f094d09781f', '00050c0e0c023ffed01e09081f', '00050d0c0c0200000119ff', '00050e0f']) {
    for (const port of ours) await send(other, `0104${apdu}`, port, '127.0.0.1');
    await send(other, `0100${apdu}`, devices, '127.255.255.255');
  }

  const bbmd = await listening('127.0.61.121');
const functions = new Set();
  bbmd.on('message', (frame, from) => {
    functions.add(frame[1]);
    if (frame[1] === 5) bbmd.send(Buffer.from('810000060000', 'hex'), from.port, from.address);
  });
  appendFileSync(cube.network(), `\nbbmd = 127.0.61.121:${bbmd.address().port}\n`);
  await until('it registers and speaks through the BBMD', () => functions.has(5) && functions.has(9));
  await until('it collects again', async () => {
    note();
    return (await cube.json('/api/v1/status')).collecting;
  });
  assert.equal((await cube.stop()).code, 0);
  await until('it takes leave', () => functions.has(8));
  other.close();
  bbmd.close();
  capture.kill('SIGINT');
  await new Promise((done) => capture.once('exit', done));

  const sent = [...ours].map((port) => `udp.srcport == ${port}`).join(' || ');
  const decode = [devices, ...ours].flatMap((port) => ['-d', `udp.port==${port},bvlc`]);
  const fields = ['frame.protocols', 'ip.flags.mf', 'bvlc.function', '_ws.malformed', '_ws.expert.severity',
    '_ws.expert.message', 'bacapp.type', 'bacapp.confirmed_service', 'bacapp.unconfirmed_service', 'udp.payload'];
  const { stdout } = await promisify(execFile)('tshark', ['-n', '-r', file, ...decode, '-Y', sent, '-T', 'fields',
    ...fields.flatMap((field) => ['-e', field])], { maxBuffer: 1 << 28 });
  const frames = stdout.split('\n').filter(Boolean)
    .map((line) => Object.fromEntries(line.split('\t').map((value, i) => [fields[i], value])));
  const warning = 0x00600000; // of Wireshark's severities: warning and error are at fault, chat and note are not
  assert.deepEqual(frames.filter((frame) => frame['_ws.malformed'] || frame['ip.flags.mf'] !== '0' // it is one datagram
    || frame['_ws.expert.severity'].split(',').some((severity) => Number(severity) >= warning)
    || parseInt(frame['udp.payload'].slice(4, 8), 16) !== frame['udp.payload'].length / 2
    || !(withoutApdu.has(Number(frame['bvlc.function'])) ? /:bvlc$/ : /:bvlc:bacnet:bacapp$/).test(frame['frame.protocols'])), []);
  const services = new Map();
  for (const frame of frames) {
    const service = ['bvlc.function', 'bacapp.type', 'bacapp.confirmed_service', 'bacapp.unconfirmed_service'].map((field) => frame[field]);
    services.set(service.join(' '), (services.get(service.join(' ')) ?? 0) + 1);
  }
  for (const wanted of ['0x05   ', '0x08   ', '0x09 1  8', '0x0b 1  8', '0x0a 0 12 ', '0x0a 0 14 ', '0x0a 0 26 ', '0x0a 3 12 ', '0x0b 1  0']) {
    assert.ok(services.has(wanted), `${wanted} is among what was seen: ${[...services.keys()]}`);
  }
  console.log(`tshark: ${frames.length} datagrams of ours, ${services.size} kinds, none malformed`);
});

/** Starts to capture what goes over the loopback; nothing where that cannot be done. */
async function capturing() {
  const tshark = spawn('tshark', ['-q', '-i', 'lo', '-f', 'udp[8] = 0x81', '-B', '64', '-w', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  return new Promise((done) => {
    tshark.once('error', () => done(undefined));
    tshark.once('exit', () => done(undefined));
    tshark.stderr.on('data', (text) => /Capturing on/.test(text) && done(tshark));
  });
}

async function listening(address) {
  const socket = createSocket('udp4');
  await new Promise((done) => socket.bind(0, address, done));
  socket.setBroadcast(true);
  return socket;
}

function send(socket, npdu, port, address) {
  const frame = Buffer.from(`810a0000${npdu}`, 'hex');
  frame.writeUInt16BE(frame.length, 2);
  return new Promise((done) => socket.send(frame, port, address, done));
}

/** UDP ports that a process is bound to. */
function ports(pid) {
  const inodes = new Set(readdirSync(`/proc/${pid}/fd`).map((fd) => {
    try {
      return /socket:\[(\d+)\]/.exec(readlinkSync(`/proc/${pid}/fd/${fd}`))?.[1];
    } catch {
      return undefined;
    }
  }));
  return ['udp', 'udp6'].flatMap((table) => readFileSync(`/proc/${pid}/net/${table}`, 'utf8').split('\n').slice(1)
    .map((line) => line.trim().split(/\s+/)).filter((fields) => fields.length > 9 && inodes.has(fields[9]))
    .map((fields) => parseInt(fields[1].split(':').pop(), 16)));
}
