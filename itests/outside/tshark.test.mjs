// SPDX-License-Identifier: Apache-2.0
// Wireshark's dissector, which has no line in common with ours, judges every datagram that the collector sends, on a
// site where it has to say all that it can say.
import { test, after } from 'node:test';
import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { Appliance, freeUdpPort, until } from './appliance.mjs';

const fields = { protocols: 'frame.protocols', fragment: 'ip.flags.mf', from: 'udp.srcport', bvlc: 'bvlc.function',
  malformed: '_ws.malformed', severity: '_ws.expert.severity', expert: '_ws.expert.message', message: 'bacnet.mesgtyp',
  network: 'bacnet.dnet', type: 'bacapp.type', confirmed: 'bacapp.confirmed_service',
  unconfirmed: 'bacapp.unconfirmed_service', octets: 'udp.payload' };
const WARNING = 0x00600000; // of Wireshark's severities: warning and error are at fault, chat and note are not

const is = (wanted, octets = /./) => (frame) =>
  Object.entries(wanted).every(([field, value]) => frame[field] === value) && octets.test(frame.octets);
const question = (service, octets, wanted) => is({ ours: true, type: '0', confirmed: service, ...wanted }, octets);
const answer = (type, service, octets) => is({ ours: false, type, confirmed: service }, octets);
const kinds = {
  'registration with a BBMD': is({ ours: true, bvlc: '0x05' }),
  'leave from a BBMD': is({ ours: true, bvlc: '0x08' }),
  'Who-Is through a BBMD': is({ ours: true, bvlc: '0x09', unconfirmed: '8' }),
  'Who-Is': is({ ours: true, bvlc: '0x0b', unconfirmed: '8' }),
  'Who-Is-Router-To-Network': is({ ours: true, message: '0x00' }),
  'I-Am': is({ ours: true, unconfirmed: '0' }),
  'ReadProperty': question('12'),
  'ReadPropertyMultiple': question('14'),
  'ReadRange of a Trend Log by sequence': question('26', /1a0c0500....19836e/),
  'ReadRange of a Trend Log by time': question('26', /1a0c0500....19837e/),
  'ReadRange of a Trend Log by position': question('26', /1a0c0500....19833e/),
  'ReadRange of an Event Log by sequence': question('26', /1a0c0640....19836e/),
  'ReadRange of an Event Log by time': question('26', /1a0c0640....19837e/),
  'ReadRange of an Event Log by position': question('26', /1a0c0640....19833e/),
  'ReadRange of a Trend Log Multiple by sequence': question('26', /1a0c06c0....19836e/),
  'ReadRange of a Trend Log Multiple by time': question('26', /1a0c06c0....19837e/),
  'ReadRange of a Trend Log Multiple by position': question('26', /1a0c06c0....19833e/),
  'ReadRange behind a router': question('26', /./, { network: '2001' }),
  'AddListElement': question('8'),
  'AddListElement behind a router': question('8', /./, { network: '2001' }),
  'RemoveListElement': question('9'),
  'RemoveListElement behind a router': question('9', /./, { network: '2001' }),
  'acknowledgement of a notification': is({ ours: true, type: '2', confirmed: '2' }),
  'acknowledgement behind a router': is({ ours: true, type: '2', confirmed: '2', network: '2001' }),
  'TimeSynchronization': is({ ours: true, unconfirmed: '6' }),
  'UTCTimeSynchronization': is({ ours: true, unconfirmed: '9' }),
  'answer to ReadProperty': is({ ours: true, type: '3', confirmed: '12' }),
  'BVLC-Result to us': is({ ours: false, bvlc: '0x00' }),
  'I-Am forwarded to us': is({ ours: false, bvlc: '0x04', unconfirmed: '0' }),
  'I-Am-Router-To-Network to us': is({ ours: false, message: '0x01' }),
  'ReadPropertyMultiple-ACK to us': answer('3', '14'),
  'ReadRange-ACK of a Trend Log to us': answer('3', '26', /1a0c0500/),
  'ReadRange-ACK of an Event Log to us': answer('3', '26', /1a0c0640/),
  'ReadRange-ACK of a Trend Log Multiple to us': answer('3', '26', /1a0c06c0/),
  'acknowledgement of AddListElement to us': answer('2', '8'),
  'acknowledgement of RemoveListElement to us': answer('2', '9'),
  'ConfirmedEventNotification to us': is({ ours: false, type: '0', confirmed: '2' }),
  'Error to us': is({ ours: false, type: '5' }),
  'Reject to us': is({ ours: false, type: '6' }),
  'Abort to us': is({ ours: false, type: '7' }),
};

const ours = await freeUdpPort();
const cube = await Appliance.make({
  simulator: '--all-kinds --devices 7 --logs 2 --interval 2 --one-interval --multiples 1 --event-logs 1 --notify 2'
    + ` --anchor ${new Date(Date.now() - 5_000).toISOString()} --behind-router 1006-1007 --bbmd --fault no-sequence@1002`
    + ',by-position-only@1003,no-rpm@1004,range-limit=2@1005,max-apdu=480@1006-1007,router-move=15s',
  network: [`local.port = ${ours}`, 'bbmd = 127.0.1.10', 'notifications = true', 'time.synchronization = local',
    'apdu.timeout.ms = 500', 'routed.requests.outstanding = 9', 'routed.requests.per.second = 0'],
});
const devices = cube.bacnetPort();
const seen = [];
const capture = await capturing();
const skip = capture ? false : 'needs tshark and the right to capture on the loopback: apt-get install tshark, and be root';
after(async () => {
  capture?.kill();
  await cube.stop('SIGTERM');
});

test('every datagram that we send is sound in the eyes of tshark, and all kinds are there', { skip }, async () => {
  await cube.start();
  assert.equal(cube.bacnetPort(), devices, 'the building has the port that tshark knows');
  await until('every log is collected', async () => {
    const logs = await cube.logs();
    return logs.length >= 43 && logs.every((log) => log.samples > 0);
  });

  const other = createSocket('udp4');
  await new Promise((done) => other.bind(0, '127.0.61.120', done));
  other.setBroadcast(true);
  for (const apdu of ['1008', '100809001b3fffff', '10073d050041482d31', '10072c023ffed0', '00050a0c0c023ffed0194d',
    '00050b0e0c023ffed01e091f094d09781f', '00050c0e0c023ffed01e09081f', '00050d0c0c0200000119ff', '00050e0f']) {
    await send(other, `0104${apdu}`, ours, '127.0.0.1');
    await send(other, `0100${apdu}`, devices, '127.255.255.255');
  }
  other.close();

  await allSeen(/^(leave|RemoveList|UTC)|of RemoveList/);
  writeFileSync(cube.network(), readFileSync(cube.network(), 'utf8').replace(/(synchronization =) local/, '$1 utc'));
  await allSeen(/^$/);
  assert.equal((await cube.stop()).code, 0);
  capture.kill('SIGINT');
  await capture.ended;

  const sent = seen.filter((frame) => frame.ours);
  assert.deepEqual(sent.filter((frame) => frame.malformed || frame.fragment !== '0' // it is one datagram
    || frame.severity.split(',').some((severity) => Number(severity) >= WARNING)
    || parseInt(frame.octets.slice(4, 8), 16) !== frame.octets.length / 2
    || !frame.protocols.endsWith(frame.type ? ':bvlc:bacnet:bacapp' : frame.message ? ':bvlc:bacnet' : ':bvlc')), []);
  console.log(`tshark: ${sent.length} datagrams of ours among ${seen.length}, ${Object.keys(kinds).length} kinds of both, none of ours malformed`);
});

/** Waits for all kinds but these. A device behind the router is visited all the time, so that it is missed when that moves. */
async function allSeen(later) {
  const lacking = () => Object.keys(kinds).filter((kind) => !later.test(kind) && !seen.some(kinds[kind]));
  await until('all kinds are seen', async () => {
    await fetch(`${cube.url}/api/v1/trend-logs/demo.1007.TL1/collect`, { method: 'POST' });
    return lacking().length === 0;
  }, 180).catch((error) => assert.fail(`${error.message}; there is no ${lacking().join(', no ')}`));
}

/** Starts to dissect what goes over the loopback; nothing where that cannot be done. */
async function capturing() {
  const tshark = spawn('tshark', ['-q', '-n', '-l', '-i', 'lo', '-f', 'udp[8] = 0x81', '-B', '64',
    ...[devices, ours].flatMap((port) => ['-d', `udp.port==${port},bvlc`]), '-Y', `udp.port == ${devices} || udp.port == ${ours}`,
    '-T', 'fields', ...Object.values(fields).flatMap((field) => ['-e', field])], { stdio: ['ignore', 'pipe', 'pipe'] });
  tshark.ended = new Promise((done) => tshark.once('close', done));
  createInterface(tshark.stdout).on('line', (line) => {
    const values = line.split('\t');
    const frame = Object.fromEntries(Object.keys(fields).map((name, i) => [name, values[i]]));
    seen.push({ ...frame, ours: frame.from === String(ours) });
  });
  return new Promise((done) => {
    tshark.once('error', () => done(undefined));
    tshark.once('exit', () => done(undefined));
    tshark.stderr.on('data', (text) => /Capturing on/.test(text) && done(tshark));
  });
}

function send(socket, npdu, port, address) {
  const frame = Buffer.from(`810a0000${npdu}`, 'hex');
  frame.writeUInt16BE(frame.length, 2);
  return new Promise((done) => socket.send(frame, port, address, done));
}
