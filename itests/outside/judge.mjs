// SPDX-License-Identifier: Apache-2.0
// Reads a log from its device with a BACnet client that has no line in common with ours.
import { createRequire } from 'node:module';

/** Records of a log as the device holds them: seq, ts (as REST writes it) and value. */
export async function readLog(port, log) {
  const { default: Client, PropertyIdentifier } = createRequire(import.meta.url)('@bacnet-js/client');
  const client = new Client({ interface: '127.0.0.1', port: 0, apduTimeout: 3000 });
  await new Promise((done) => client.once('listening', done));
  try {
    const receiver = { address: `${await address(client, port, log.device.instance)}:${port}` };
    const object = { type: 20, instance: log.object.instance };
    const count = (property) => client.readProperty(receiver, object, property).then((p) => p.values[0].value);
    for (;;) {
      const total = await count(PropertyIdentifier.TOTAL_RECORD_COUNT);
      const held = await count(PropertyIdentifier.RECORD_COUNT);
      const records = [];
      while (records.length < held) {
        const { values } = await client.readRange(receiver, object, records.length + 1, Math.min(40, held - records.length));
        records.push(...values);
      }
      if (await count(PropertyIdentifier.TOTAL_RECORD_COUNT) === total) { // else the positions have moved meanwhile
        return records.map((record, i) => ({ seq: total - held + 1 + i, ts: stamp(record.timestamp), value: record.value.value ?? record.value }));
      }
    }
  } finally {
    client.close();
  }
}

const stamp = (time) => `${time.toISOString().slice(0, 22)}Z`;

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
