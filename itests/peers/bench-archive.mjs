// SPDX-License-Identifier: Apache-2.0
// Measures the archive and its peers on the same data in one run, prints each figure as it comes and a table at the end.
import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { median } from '../outside/bench.mjs';
import { table } from './table.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const archive = join(here, '../../bundles/archive');
const data = join(archive, 'src/bench/data');
const java = join(process.env.JAVA_HOME, 'bin/java');
const flags = ['-Xms64m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-XX:+ExitOnOutOfMemoryError',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=error']; // the first three as shipped
const heap = '-Xmx384m'; // as shipped
const commits = 500;
const end = Date.now() + 19 * 60_000;
// On a disk: where /tmp is memory, a synchronous write would cost nothing.
const temporary = mkdtempSync(join(process.env.TMPDIR ?? '/var/tmp', 'coppercube-bench-'));
chmodSync(temporary, 0o755); // PostgreSQL does not run as root
const figures = new Map();
const missing = [];
let running;

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    if (running) stop(running, 'SIGKILL');
    rmSync(temporary, { recursive: true, force: true });
    process.exit(1);
  });
}
try {
  await ours();
  await peers();
} catch (e) { // of a peer it would only be said
  missing.push(`the archive: ${e.message}`);
  process.exitCode = 1;
} finally {
  ratios();
  table(figures, missing);
  rmSync(temporary, { recursive: true, force: true });
}

async function ours() {
  const classes = classpath(archive, 'target/classes', 'target/test-classes');
  const main = (name) => `org.coppercube.archive.${name}`;
  await inDirectory((directory) => run([java, ...flags, heap, '-cp', classes, main('ArchiveBench'), data, directory], 300));
  await inDirectory((directory) => countWrites([java, ...flags, heap, '-cp', classes, main('CommitBench'), data, directory, commits], directory));
  await inDirectory(async (directory) => {
    await run([java, ...flags, '-Xmx256m', '-cp', classes, main('ScaleBench'), 'fill', directory, data], 600);
    const times = [];
    for (let i = 0; i < 3; i++) {
      dropFromCache(directory);
      await run([java, ...flags, '-Xmx256m', '-cp', classes, main('ScaleBench'), 'open', directory], 60);
      times.push(figures.get('archive.scale_cold_open_ms'));
    }
    figures.set('archive.scale_cold_open_ms', median(times)); // the line printed last is only one of them
  });
  await peer('derby-rows', 420, (directory) => [java, ...flags, heap, '-cp', classes, main('DerbyRows'), data, directory]);
}

async function peers() {
  if (!existsSync(join(here, 'target/bench.classpath'))) {
    missing.push('all peers but derby-rows: their libraries are not to be had (no network, or Maven failed)');
    return;
  }
  const servers = join(temporary, 'servers');
  spawnSync(join(here, 'servers.sh'), [join(here, 'target/debian'), servers], { stdio: 'inherit', timeout: 120_000 });
  for (const name of ['sqlite-rows', 'postgresql-rows', 'duckdb', 'tsfile', 'victoriametrics']) {
    await peer(name, 240, (directory) => [java, ...flags, heap, `-Dpeers.root=${servers}`, '-cp', classpath(here, 'target/classes'),
      'org.coppercube.peers.PeerBench', name, data, directory]);
  }
}

/** One that cannot be measured is named, and the rest goes on. */
async function peer(name, seconds, command) {
  try {
    await inDirectory((directory) => run(command(directory), seconds));
  } catch (e) {
    missing.push(`${name}: ${e.message}`);
    console.log(`  not measured to the end: ${missing.at(-1)}`);
  }
}

async function inDirectory(work) {
  const directory = mkdtempSync(join(temporary, 'run-'));
  chmodSync(directory, 0o755);
  try {
    await work(directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

/** Runs a command, prints what it says, and keeps the figures. It and what it started end in time. */
async function run(command, seconds) {
  const left = Math.min(seconds * 1000, end - Date.now());
  if (left < 0) {
    throw new Error('the time for the whole was over');
  }
  const child = spawn(command[0], command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'], detached: true });
  running = child;
  let late = false;
  const over = setTimeout(() => {
    late = true;
    stop(child, 'SIGTERM');
    setTimeout(() => stop(child, 'SIGKILL'), 10_000).unref();
  }, left);
  createInterface({ input: child.stdout }).on('line', (line) => {
    console.log(line);
    const figure = /^BENCH (\S+) (\S+) /.exec(line);
    if (figure) figures.set(figure[1], Number(figure[2]));
  });
  const code = await new Promise((done) => child.once('close', done));
  clearTimeout(over);
  stop(child, 'SIGTERM'); // a server that it left behind
  if (code !== 0) {
    throw new Error(late ? `no end within ${Math.round(left / 1000)} s` : `it ended with ${code ?? child.signalCode}`);
  }
}

/** The group that a command and all it started are in. */
function stop(child, signal) {
  try {
    process.kill(-child.pid, signal);
  } catch (e) {
    if (e.code !== 'ESRCH') throw e;
  }
}

function classpath(module, ...folders) {
  return [...folders.map((folder) => join(module, folder)), readFileSync(join(module, 'target/bench.classpath'), 'utf8').trim()].join(':');
}

/** Counts what waits for the disk: writes to files that were opened so that each does, and calls that ask for it. */
async function countWrites(command, directory) {
  const trace = join(directory, 'trace');
  const watched = 'trace=openat,write,writev,pwrite64,pwritev,fsync,fdatasync,msync,sync,syncfs,sync_file_range';
  if (spawnSync('strace', ['-e', 'trace=none', 'true']).status !== 0) {
    missing.push('sync_writes_per_commit: strace is not here, or may not trace');
    return;
  }
  await run(['strace', '-f', '-y', '-o', trace, '-e', watched, ...command.map(String)], 180);
  const synchronous = new Set();
  let counts = false;
  let writes = 0;
  for (const line of readFileSync(trace, 'utf8').split('\n')) {
    const opened = /openat\([^"]*"([^"]*)", (\S+)/.exec(line);
    const written = /^\d+ +p?writev?(?:64)?\(\d+<([^>]*)>/.exec(line);
    if (opened) {
      if (opened[1] === join(directory, 'begin')) counts = true;
      if (opened[1] === join(directory, 'end')) counts = false;
      if (/O_D?SYNC/.test(opened[2])) synchronous.add(opened[1]);
    } else if (counts && (written ? synchronous.has(written[1]) : /^\d+ +(f?data)?(f|m)?sync(fs|_file_range)?\(/.test(line))) {
      writes++;
    }
  }
  print('archive.sync_writes_per_commit', writes / commits, 'writes');
}

/** Written and then forgotten by the page cache. */
function dropFromCache(directory) {
  for (const file of readdirSync(directory, { recursive: true, withFileTypes: true }).filter((one) => one.isFile())) {
    spawnSync('dd', [`of=${join(file.parentPath ?? file.path, file.name)}`, 'oflag=nocache', 'conv=notrunc,fdatasync', 'count=0', 'status=none']);
  }
}

function ratios() {
  const get = (name) => figures.get(`archive.${name}`);
  const derby = (name) => get(`peer.derby-rows.${name}`);
  for (const [name, metric] of [['ingest_small', 'ingest_small_per_cpu_second'], ['ingest_480', 'ingest_480_per_cpu_second'],
    ['day_scan', 'day_scan_us'], ['year_scan', 'year_scan_samples_per_second']]) {
    if (get(metric) && derby(metric)) print(`archive.${name}_to_derby_rows`, get(metric) / derby(metric), 'ratio');
  }
  if (get('payload_bytes_per_sample') && get('peer.victoriametrics.bytes_per_sample')) {
    print('archive.sealed_table_to_victoriametrics', (get('payload_bytes_per_sample') + get('sealed_table_above_payload_bytes_per_sample'))
      / get('peer.victoriametrics.bytes_per_sample'), 'ratio');
  }
}

function print(name, number, unit) {
  figures.set(name, number);
  console.log(`BENCH ${name} ${number.toFixed(3)} ${unit}`);
}
