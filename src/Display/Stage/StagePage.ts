import { StageConnection } from './connection';
import { Frame } from './frame';
import { followKeys } from './keys';
import { Sound } from './sound';
import type { StageScene, Tally } from './tally';

const pause = (ms: number) => new Promise<void>(done => setTimeout(done, ms));
// The host's page shows the stage as a small picture, which must be silent.
const isPicture = new URLSearchParams(location.search).has('picture');
let ahead = 0;
const equipment = { clock: { now: () => Date.now() + ahead }, sound: new Sound(() => show()) };
let frame = new Frame(document.querySelector('main')!, equipment);
let tally: Tally | undefined;
let scene: StageScene | undefined;
let stale = false;
let renewing = false;

/** Shows the newest that is known; the screens of an event show the same count, held or not. */
function show() {
  if (scene) {
    document.body.toggleAttribute('data-blank', scene.blank);
    equipment.sound.want(scene.sound && !isPicture);
    frame.show(scene);
  }
  const held = scene?.kind === 'wave' ? null : scene?.held;
  if (held ?? tally) frame.tally((held ?? tally)!);
}

/** The server writes the page; what the event's organizer has changed is taken from it anew. */
async function renew() {
  stale = true;
  if (renewing) return;
  renewing = true;
  const behind = () => stale || frame.revision < (scene?.revision ?? 0);
  while (behind()) {
    stale = false;
    try {
      const answer = await fetch(location.href, { cache: 'no-store' });
      if (!answer.ok) throw new Error(answer.statusText);
      put(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      stale = true;
    }
    if (behind()) await pause(500);
  }
  renewing = false;
}

// Home signing runs out by the server's clock, so the page says how long is left, not when.
const longestTimer = 2 ** 31 - 1;
let closing: ReturnType<typeof setTimeout> | undefined;
function renewWhenSigningCloses(main: HTMLElement) {
  clearTimeout(closing);
  const left = Number(main.dataset.closesIn) + 200;
  if (main.dataset.closesIn && left < longestTimer) closing = setTimeout(() => void renew(), left);
}

function put(page: Document) {
  const main = document.adoptNode(page.querySelector('main')!);
  const before = frame;
  before.main.replaceWith(main);
  document.title = page.title;
  frame = new Frame(main, equipment, before);
  renewWhenSigningCloses(main);
  show();
}

new StageConnection(document.body.dataset.code!, {
  tally(told) {
    if (tally && told.version < tally.version) return;
    tally = told;
    show();
  },
  scene(told) {
    if (!told) return void renew();
    if (scene && told.version < scene.version) return;
    scene = told;
    ahead = told.now - Date.now();
    show();
    if (told.revision > frame.revision || told.state !== frame.state) void renew();
  },
  line(up) {
    document.body.dataset.line = up ? 'up' : 'down';
  },
}).start();

renewWhenSigningCloses(frame.main);
followKeys();

/** A projector must not go dark because nobody touches the machine. Browsers grant this on HTTPS only. */
const stayAwake = () => navigator.wakeLock?.request('screen').catch(() => {});
void stayAwake();
document.addEventListener('visibilitychange', () => void stayAwake());

// A screen reader hears the count now and then, not each time.
setInterval(() => {
  const said = document.querySelector('.said')!;
  if (said.textContent !== frame.sentence) said.textContent = frame.sentence;
}, 15000);
