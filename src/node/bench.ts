import { spawnSync } from 'node:child_process';
import path from 'node:path';
import { build } from 'vite';
import { WORKLOADS } from '../lab/workload/workloads.ts';

/**
 * `npm run bench -- [--json] [W1 …]`: CPU time of each workload per hop, with the trace off and on.
 *
 * Each row is measured in a process of its own, so that no workload meets code that V8 has shaped for another, and from a
 * bundle, as browsers run it: calls from module to module cost a quarter more where each file is a module of its own.
 * What is timed, and how often, says bench/measure.ts.
 */
const OUTPUT = path.resolve(import.meta.dirname, '../../node_modules/.cache/bridgewalk-bench');

async function main(args: readonly string[]): Promise<number> {
  const names = args.filter((arg) => !arg.startsWith('--') && arg !== 'all');
  const unknown = names.find((name) => !WORKLOADS.some((workload) => workload.name === name));
  if (unknown !== undefined) {
    const known = WORKLOADS.map(({ name }) => name).join(', ');
    process.stderr.write(`no such workload: ${unknown}; there are ${known}\n`);
    return 2;
  }
  await build({
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: path.resolve(import.meta.dirname, 'bench/measure.ts'),
      outDir: OUTPUT,
      emptyOutDir: true,
      copyPublicDir: false,
      target: 'es2022',
    },
    ssr: { noExternal: true },
  });
  const format = args.includes('--json') ? 'json' : 'text';
  for (const { name, sizes } of WORKLOADS.filter((each) => names.length === 0 || names.includes(each.name)))
    for (const n of sizes)
      for (const trace of ['off', 'on']) {
        const job = [path.join(OUTPUT, 'measure.js'), name, String(n), trace, format];
        const { status } = spawnSync(process.execPath, job, { stdio: 'inherit' });
        if (status !== 0) return 1;
      }
  return 0;
}

process.exitCode = await main(process.argv.slice(2));
