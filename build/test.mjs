// Runs the client's tests: every src/**/*.test.ts, bundled for Node and handed to its own test runner.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { globPages } from './pages.mjs';
import { allScenes } from './scenes.mjs';

await rm('obj/client-tests', { recursive: true, force: true }); // a test that is gone is not to run on
const tests = await globPages(/\.test\.ts$/);
await build({
  entryPoints: tests,
  outdir: 'obj/client-tests',
  bundle: true,
  platform: 'node',
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  plugins: [allScenes],
  logLevel: 'warning',
});
const run = spawnSync(process.execPath, ['--test', 'obj/client-tests'], { stdio: 'inherit' });
process.exit(run.status ?? 1);
