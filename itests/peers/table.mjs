// SPDX-License-Identifier: Apache-2.0
// The figures of ./bench archive for people.

const peers = {
  'derby-rows': 'a row a sample, Derby as it comes',
  'sqlite-rows': 'a row a sample, WAL, synchronous FULL',
  'postgresql-rows': 'a row a sample, binary COPY',
  duckdb: 'a row a sample without a key, appender',
  tsfile: 'written at one go, nothing safe before its end',
  victoriametrics: 'nothing safe when it answers; NULL is lost',
};
const columns = [['bytes_per_sample', 'B/sample'], ['bytes_per_sample_without_log', 'without log'], ['ingest_small_per_cpu_second', 'in per CPU-s'],
  ['ingest_small_samples_per_second', 'in per s'], ['day_scan_us', 'day scan us'], ['year_scan_samples_per_second', 'year scan/s']];
const ours = [
  ['payload_bytes_per_sample', 'B', 'sealed samples, encoded', '<= 0.87'],
  ['sealed_table_above_payload_bytes_per_sample', 'B', 'their rows, pages and index besides', '<= 0.18'],
  ['payload_480_bytes_per_sample', 'B', 'encoded, when they came in batches of 480', ''],
  ['sync_writes_per_commit', '', 'synchronous writes a commit', '1'],
  ['ingest_small_to_derby_rows', '', 'ingest per CPU-s in small batches, to Derby rows', '>= 7'],
  ['ingest_480_per_cpu_second', '/CPU-s', 'ingest in batches of 480', ''],
  ['ingest_480_to_derby_rows', '', 'the same to Derby rows', '>= 40'],
  ['day_scan_to_derby_rows', '', 'time of a day scan to Derby rows', '<= 1'],
  ['year_scan_samples_per_second', '/s', 'a year of a log, no chunk in the cache', '>= 5,000,000'],
  ['year_scan_to_derby_rows', '', 'the same to Derby rows', ''],
  ['ten_year_chart_ms', 'ms', 'ten years of minutes as 2,000 points', '< 100'],
  ['feed_samples_per_second', '/s', 'the feed from position 0', ''],
  ['scale_samples', '', 'large archive: samples of 5,000 logs, 256 MB heap', '60 million'],
  ['scale_bytes_per_sample', 'B', 'large: all files after a clean close', '<= 1.25'],
  ['scale_payload_bytes_per_sample', 'B', 'large: sealed samples, encoded', ''],
  ['scale_sealed_table_above_payload_bytes_per_sample', 'B', 'large: their rows, pages and index besides', ''],
  ['scale_unsealed_samples', '', 'large: samples not sealed yet, in the journal', ''],
  ['scale_ingest_480_per_cpu_second', '/CPU-s', 'large: ingest in batches of 480', ''],
  ['scale_ingest_16_per_cpu_second', '/CPU-s', 'large: ingest in batches of 16', ''],
  ['scale_day_scan_us', 'us', 'large: day scan', ''],
  ['scale_year_scan_samples_per_second', '/s', 'large: a whole log', ''],
  ['scale_cold_open_ms', 'ms', 'large: new JVM, cold files, to the first answer', '< 1,500'],
  ['scale_peak_heap_mb', 'MB', 'large: heap at its fullest, garbage included', '256'],
  ['scale_live_heap_mb', 'MB', 'large: heap after a collection', ''],
];

/** Prints all of it: the archive beside its peers, then what is ours alone, with the goals. */
export function table(figures, missing) {
  const cells = (name, prefix) => name.padEnd(17) + columns.map(([metric]) => number(
    figures.get(prefix + metric) ?? figures.get(prefix + metric.replace('small', 'bulk'))).padStart(14)).join('');
  console.log(`\n${'413 real logs'.padEnd(17)}${columns.map(([, title]) => title.padStart(14)).join('')}`);
  console.log(cells('the archive', 'archive.'));
  for (const [name, text] of Object.entries(peers)) {
    if (figures.has(`archive.peer.${name}.bytes_per_sample`)) console.log(`${cells(name, `archive.peer.${name}.`)}   ${text}`);
  }
  console.log();
  for (const [metric, unit, text, goal] of ours) {
    const value = number(figures.get(`archive.${metric}`));
    console.log(`  ${text.padEnd(52)}${value.padStart(12)} ${unit.padEnd(8)}${goal && `goal ${goal}`}`);
  }
  for (const line of missing) console.log(`  NOT MEASURED TO THE END  ${line}`);
}

function number(value) {
  if (value === undefined) return '-';
  return value < 1000 ? String(Number(value.toPrecision(3))) : Math.round(value).toLocaleString('en');
}
