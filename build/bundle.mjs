// Bundles the script and the style of every page: src/**/XPage.ts and src/**/XPage.css become wwwroot/dist/XPage.js
// and .css. What a page imports lazily becomes a chunk of its own.
import { build } from 'esbuild';
import { globPages } from './pages.mjs';
import { rm } from 'node:fs/promises';

await rm('wwwroot/dist', { recursive: true, force: true });
await build({
  entryPoints: await globPages(),
  outdir: 'wwwroot/dist',
  entryNames: '[name]',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  minify: true,
  target: ['es2020', 'chrome79', 'safari14.1'],
  // Both browsers know them; rewritten, they would cost the page a chunk of helpers and one more trip.
  supported: { 'class-field': true, 'class-static-field': true },
  external: ['/img/*'],
  charset: 'utf8',
  logLevel: 'warning',
});
