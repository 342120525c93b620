// SPDX-License-Identifier: Apache-2.0
// Starts ./run as a newcomer does, each time on its own data and port, and asks it over REST.
import { spawn } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { mkdirSync, mkdtempSync, readFileSync, existsSync, readdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '../..');

/** A TCP port of the loopback that is free now. */
export const freePort = () => new Promise((done, failed) => {
  const server = createServer().once('error', failed);
  server.listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => done(port));
  });
});

/** The same for UDP. */
export const freeUdpPort = () => new Promise((done, failed) => {
  const socket = createSocket('udp4').once('error', failed);
  socket.bind(0, '127.0.0.1', () => {
    const { port } = socket.address();
    socket.close(() => done(port));
  });
});

/** Waits for a condition, not for a time. */
export async function until(what, condition, seconds = 90) {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const answer = await condition();
    if (answer) return answer;
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

export class Appliance {
  constructor({ data, port, simulator = '', env = {} }) {
    Object.assign(this, { data, port, simulator, env });
  }

  /** @param options.network what else the cfg file of the building's network is to say, line by line */
  static async make(options = {}) {
    const data = options.data ?? join(mkdtempSync(join(tmpdir(), 'coppercube-')), 'data');
    const cube = new Appliance({ ...options, data, port: options.port ?? await freePort() });
    if (options.network) {
      mkdirSync(dirname(cube.network()), { recursive: true });
      writeFileSync(cube.network(), ['site = demo', 'interface = 127.0.0.1', `port = ${await freeUdpPort()}`,
        'visit.minutes = 1', ...options.network, ''].join('\n'));
    }
    return cube;
  }

  /** Runs ./run; resolves when it said READY, rejects with what it said when it ended instead. */
  start(...words) {
    this.said = '';
    this.process = spawn('./run', words, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, CUBE_DATA: this.data, CUBE_HTTP_PORT: String(this.port), CUBE_BIND: '127.0.0.1',
        CUBE_SIMULATOR_OPTS: this.simulator, ...this.env },
    });
    this.ended = new Promise((done) => this.process.once('exit', (code, signal) => done({ code, signal })));
    return new Promise((ready, failed) => {
      const listen = (text) => {
        this.said += text;
        if (/^READY /m.test(this.said)) ready(this);
      };
      this.process.stdout.on('data', listen);
      this.process.stderr.on('data', listen);
      this.ended.then(({ code }) => failed(Object.assign(new Error(`./run ended with ${code}: ${this.said}`), { code })));
    });
  }

  pid() {
    return Number(readFileSync(join(this.data, 'cube.pid'), 'utf8'));
  }

  /** Ctrl-C, as a terminal sends it. */
  async stop(signal = 'SIGINT') {
    this.process?.kill(signal);
    return this.ended;
  }

  /** Every process that works on this data. */
  processes() {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(this.data)
          || readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`CUBE_DATA=${this.data}\0`);
      } catch {
        return false;
      }
    });
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async json(path, init) {
    const answer = await fetch(this.url + path, init);
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }

  /** All logs, page after page. */
  logs() {
    return this.all('trend-logs');
  }

  /** All items of a list, page after page. */
  async all(list, query = {}) {
    const items = [];
    let next = {};
    do {
      const page = await this.json(`/api/v1/${list}?${new URLSearchParams({ ...query, limit: 1000, ...next })}`);
      items.push(...page.items);
      next = page.next && { cursor: page.next };
    } while (next);
    return items;
  }

  /** All samples of a log, streamed. */
  async samples(id) {
    const answer = await fetch(`${this.url}/api/v1/trend-logs/${id}/samples?format=ndjson`);
    if (!answer.ok) throw new Error(`${id}: ${answer.status} ${await answer.text()}`);
    return (await answer.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line));
  }

  network() {
    return join(this.data, 'etc', 'org.coppercube.collector.bacnet-demo.cfg');
  }

  /** UDP port of the simulated building. */
  bacnetPort() {
    return Number(/^port = (\d+)/m.exec(readFileSync(this.network(), 'utf8'))[1]);
  }
}

/** Node is new enough for the independent BACnet client. */
export const canJudge = Number(process.versions.node.split('.')[0]) >= 20
  && existsSync(join(root, 'itests/outside/node_modules/@bacnet-js/client'));

