// SPDX-License-Identifier: Apache-2.0
// Reads logs from their devices with a BACnet client that has no line in common with ours.
import { createRequire } from 'node:module';

const types = { 'trend-log': 20, 'event-log': 25, 'trend-log-multiple': 27 };

/**
 * Records of a log as the device holds them: seq, and with the words of REST ts and what the client can make of the
 * rest: value, seconds, status and flags; raw, and none of these, where it can make nothing of it. It knows log-status,
 * real, enumerated, unsigned and time-change, and asks for records by their position only.
 */
export async function readLog(port, log) {
  const { default: Client, PropertyIdentifier } = createRequire(import.meta.url)('@bacnet-js/client');
  const client = new Client({ interface: '127.0.0.1', port: 0, apduTimeout: 3000 });
  await new Promise((done) => client.once('listening', done));
  try {
    const receiver = { address: `${await address(client, port, log.device.instance)}:${port}` };
    const object = { type: types[log.object.type], instance: log.object.instance };
    const count = (property) => client.readProperty(receiver, object, property).then((p) => p.values[0].value);
    const read = async (position, most) => {
      const answer = await client.readRange(receiver, object, position, most);
      if (answer.values) return answer.values.map((record) => understood(record, object.type));
      if (most === 1) return [{ ts: time(answer.rangeBuffer), raw: answer.rangeBuffer.toString('hex') }];
      return (await Promise.all([1, most - 1].map((part, i) => read(position + i, part)))).flat();
    };
    for (;;) {
      const total = await count(PropertyIdentifier.TOTAL_RECORD_COUNT);
      const held = await count(PropertyIdentifier.RECORD_COUNT);
      const records = [];
      while (records.length < held) {
        records.push(...await read(records.length + 1, Math.min(20, held - records.length)));
      }
      if (await count(PropertyIdentifier.TOTAL_RECORD_COUNT) === total) { // else the positions have moved meanwhile
        return records.map((record, i) => ({ seq: total - held + 1 + i, ...record }));
      }
    }
  } finally {
    client.close();
  }
}

/** What the client has made of a record. Of these kinds only Trend Logs have numbers; choice 2 of others is time-change. */
function understood({ timestamp, value, isLogStatus, logStatus, isTimeChange, status }, type) {
  const record = { ts: stamp(timestamp) };
  if (isLogStatus) {
    record.status = Object.keys(logStatus).filter((bit) => logStatus[bit]).map((bit) => bit.replace('_', '-'));
  } else {
    record[isTimeChange || type !== types['trend-log'] ? 'seconds' : 'value'] = value;
  }
  if (status) { // version 3.3.2 counts these bits from the wrong end, so that out_of_service is what in-alarm is
    const { out_of_service: inAlarm, overridden: fault, fault: overridden, in_alarm: outOfService } = status;
    const flags = { 'in-alarm': inAlarm, fault, overridden, 'out-of-service': outOfService };
    record.flags = Object.keys(flags).filter((flag) => flags[flag]);
  }
  return record;
}

const stamp = (time) => `${time.toISOString().slice(0, 22)}Z`;

/** Date and time, which each record begins with: 0E A4 year month day weekday B4 hour minute second hundredth 0F. */
function time([, , year, month, day, , , hour, minute, second, hundredth]) {
  return stamp(new Date(1900 + year, month - 1, day, hour, minute, second, 10 * hundredth));
}

/** Asks all devices who they are. */
function address(client, port, instance) {
  return new Promise((found, lost) => {
    const timer = setTimeout(() => lost(new Error(`device ${instance} does not answer Who-Is`)), 30_000);
    client.on('iAm', (message) => {
      if (message.payload.deviceId === instance) {
        clearTimeout(timer);
        found(message.header.sender.address.split(':')[0]);
      }
    });
    client.whoIs({ address: `127.255.255.255:${port}` }, { lowLimit: instance, highLimit: instance });
  });
}
