// SPDX-License-Identifier: Apache-2.0
// Size, time from start to a served page and to READY, memory at rest. Medians of three.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Appliance, root, until } from './appliance.mjs';
import { report } from './bench.mjs';

const assembly = join(root, 'karaf-assembly/target');
const tarball = readdirSync(assembly).find((name) => name.endsWith('.tar.gz'));
report('boot.tar_gz_mb', statSync(join(assembly, tarball)).size / 1e6, 'MB', 'distribution, tar.gz');

const cold = [];
const warm = [];
for (let i = 0; i < 3; i++) {
  const cube = await Appliance.make();
  cold.push(await bootToPage(cube));
  warm.push(await bootToPage(cube));
  rmSync(cube.data, { recursive: true });
}
report('boot.cold_page_s', cold, 's', 'first start to a served page');
report('boot.warm_page_s', warm, 's', 'later start to a served page');

const ready = [];
const rss500 = [];
for (let i = 0; i < 3; i++) {
  const cube = await Appliance.make();
  const began = process.hrtime.bigint();
  await cube.start();
  ready.push(seconds(began));
  await cube.stop();
  rmSync(cube.data, { recursive: true });

  const big = await Appliance.make({ simulator: '--devices 25 --logs 20 --interval 60 --buffer 500' });
  await big.start();
  await until('500 logs are archived', async () => (await big.json('/api/v1/status')).trendLogs.archived === 500, 120);
  rss500.push(await atRest(big.pid()));
  await big.stop();
  rmSync(big.data, { recursive: true });
}
report('boot.ready_s', ready, 's', './run, first start to READY with 48 logs');
report('boot.rss_500_logs_mb', rss500, 'MB', 'resident memory at rest, 500 logs');

async function bootToPage(cube) {
  const began = process.hrtime.bigint();
  const java = spawn(join(assembly, 'assembly/bin/cube'), ['run'], { stdio: 'ignore', env: { ...process.env,
    CUBE_DATA: cube.data, CUBE_ETC: join(cube.data, 'etc'), CUBE_BIND: '127.0.0.1', CUBE_HTTP_PORT: String(cube.port) } });
  await until('a page', () => fetch(`${cube.url}/`).then((answer) => answer.ok, () => false));
  const taken = seconds(began);
  java.kill();
  await new Promise((done) => java.once('exit', done));
  return taken;
}

/** Resident memory once it has stopped changing by more than 1 MB in 10 s. */
async function atRest(pid) {
  let before = 0;
  let now = memory(pid);
  while (Math.abs(now - before) > 1) {
    before = now;
    await new Promise((next) => setTimeout(next, 10_000));
    now = memory(pid);
  }
  return now;
}

function memory(pid) {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1000;
}

function seconds(since) {
  return Number(process.hrtime.bigint() - since) / 1e9;
}
