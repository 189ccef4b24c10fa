import { StageConnection } from './connection';
import { followKeys } from './keys';
import { StageView } from './view';
import type { Tally } from './tally';

const pause = (ms: number) => new Promise<void>(done => setTimeout(done, ms));
let view = new StageView(document.querySelector('main')!);
let newest: Tally | undefined;
let wanted = view.scene;
let stale = false;
let renewing = false;

/** The server writes the page; whatever changes besides numbers is taken from it anew. */
async function renew() {
  stale = true;
  if (renewing) return;
  renewing = true;
  while (stale || view.scene < wanted) {
    stale = false;
    try {
      const answer = await fetch(location.href, { cache: 'no-store' });
      if (!answer.ok) throw new Error(answer.statusText);
      put(new DOMParser().parseFromString(await answer.text(), 'text/html'));
    } catch {
      stale = true;
    }
    if (stale || view.scene < wanted) await pause(500);
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
  document.querySelector('main')!.replaceWith(main);
  document.title = page.title;
  view = new StageView(main);
  renewWhenSigningCloses(main);
  if (newest) view.show(newest);
}

new StageConnection(document.body.dataset.code!, {
  tally(tally) {
    if (newest && tally.version < newest.version) return;
    newest = tally;
    if (!view.show(tally)) void renew();
  },
  scene(scene) {
    if (scene && scene.version <= view.scene && scene.state === view.state) return;
    wanted = Math.max(wanted, scene?.version ?? 0);
    void renew();
  },
  line(up) {
    document.body.dataset.line = up ? 'up' : 'down';
  },
}).start();

renewWhenSigningCloses(document.querySelector('main')!);
followKeys();
addEventListener('resize', () => view.arrange());

/** A projector must not go dark because nobody touches the machine. Browsers grant this on HTTPS only. */
const stayAwake = () => navigator.wakeLock?.request('screen').catch(() => {});
void stayAwake();
document.addEventListener('visibilitychange', () => void stayAwake());

// A screen reader hears the count now and then, not each time.
setInterval(() => {
  const said = document.querySelector('.said')!;
  if (said.textContent !== view.sentence) said.textContent = view.sentence;
}, 15000);
