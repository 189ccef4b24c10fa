// Bundles the script and the style of every page: src/**/XPage.ts and src/**/XPage.css become wwwroot/dist/XPage.js
// and .css; XLater.ts and .css, what a page fetches once it stands, the same.
import { build } from 'esbuild';
import { globPages } from './pages.mjs';
import { allScenes } from './scenes.mjs';
import { webSocketsOnly } from './signalr.mjs';
import { rm } from 'node:fs/promises';

await rm('wwwroot/dist', { recursive: true, force: true });
const pages = await globPages();
const isWhole = page => ['RelayPage.ts', 'AssistedPage.ts', 'Worker.ts'].some(name => page.endsWith(name));
const settings = {
  outdir: 'wwwroot/dist',
  entryNames: '[name]',
  bundle: true,
  format: 'esm',
  minify: true,
  // As README states it: replaceChildren needs Chrome 86 and Safari 14, :is() Chrome 88. No older level of the language is named
  // beside them: ??= then stays as it is, browsers before Chrome 85 and Safari 14 take a page's script for a mistake and run none of
  // it, and the plain form works.
  target: ['chrome88', 'safari14.1'],
  // What esbuild would need helpers for makes a chunk of helpers for every page, and one more trip: class fields, which
  // both browsers know, and the require() that SignalR has for Node.
  supported: { 'class-field': true, 'class-static-field': true },
  define: { require: 'undefined' },
  external: ['/img/*'],
  plugins: [allScenes, webSocketsOnly],
  charset: 'utf8',
  logLevel: 'warning',
};
const standsAlone = page => page.includes('VerifierPage.');
// The private fields of SignalR are named shortly: a projector loads less.
const shared = { ...settings, mangleProps: /^_[a-z]/, splitting: true, chunkNames: 'chunks/[name]-[hash]' };
await build({ ...shared, entryPoints: pages.filter(page => !isWhole(page) && !standsAlone(page)) });
// In one file, as is a service worker: once the relay stands, it needs no network. And the pad in them makes no chunk that phones
// would have to fetch.
await build({ ...settings, entryPoints: pages.filter(isWhole) });
// One file with its script and style in it, opened from a disk as well: see src/Records/Verifier/VerifierFile.cs.
await build({ ...settings, format: 'iife', entryPoints: pages.filter(standsAlone) });
