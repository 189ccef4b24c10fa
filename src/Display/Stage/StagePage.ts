import { Sea } from '../Sea/sea';
import { WakeLock } from './wake-lock';
import { Clock } from './clock';
import { Code } from './code';
import { StageConnection } from './connection';
import { Frame } from './frame';
import { initKeyboard } from './keyboard';
import { delay } from './delay';
import { PollingRequests } from './polling';
import { screenName } from './screen-name';
import { Sound } from './sound';
import { applyTally, type StageScene, type Tally, type TallyChange } from './tally';

// The host's page shows the stage in a small frame: without sound, and not counted as a screen.
const isPicture = new URLSearchParams(location.search).has('picture');
const clock = new Clock();
const sound = new Sound(() => {
  render();
  connection.report();
});
const stage = document.querySelector('main')!;
const sea = new Sea(stage, () => clock.now(), isPicture);
const code = new Code(stage);
const context = { clock, sound, sea, code, isPicture };
let frame = new Frame(stage, context);
const screen = screenName();
let tally: Tally | undefined;
let newestVersion = 0; // version of the newest tally received, also of one that could not be applied
let shownTally: Tally | undefined;
let scene: StageScene | undefined;
let shownVersion = 0;
const pageRequests = new PollingRequests();
let requested = 0;
let applied = 0;
let isRefreshing = false;

/** Shows the newest state; all screens of an event show the same count, held or not. */
function render() {
  if (!scene) return; // Whether the count is held is not known yet; what the server has rendered stays.
  document.body.toggleAttribute('data-blank', scene.blank);
  sound.setWanted(scene.sound && !isPicture);
  frame.show(scene);
  if (frame.revision >= scene.revision) shownVersion = scene.version;
  renderTally();
}

/** Updates the counts alone: while a hall signs they change many times a second. */
function renderTally() {
  if (!scene) return;
  const { held } = scene;
  // A tally may arrive between the hold and its message: the number must not go down.
  if (!(held && shownTally && shownTally.version > held.version)) shownTally = held ?? tally;
  if (shownTally && tally) frame.tally(shownTally, tally);
}

/** The server renders the page: fetched again after the organizer has changed the event. */
async function refreshPage() {
  requested++;
  if (isRefreshing) return;
  isRefreshing = true;
  // A request that hangs does not delay the next; the delay grows while the server refuses.
  for (let retryDelay = 300; applied < requested || frame.revision < (scene?.revision ?? 0); retryDelay = Math.min(2 * retryDelay, 8000)) {
    await Promise.race([fetchPage().catch(() => {}), delay(500)]);
    await delay(Math.random() * retryDelay);
  }
  isRefreshing = false;
}

async function fetchPage() {
  const number = requested;
  const page = await pageRequests.send(async signal => {
    const response = await fetch(location.href, { cache: 'no-store', signal });
    if (!response.ok) throw new Error(response.statusText);
    return response.text();
  });
  if (number < applied) return; // overtaken
  applied = number;
  replaceMain(new DOMParser().parseFromString(page, 'text/html'));
}

// Home signing runs out by the server's clock, so the page says how long is left, not when.
const maxTimerDelay = 2 ** 31 - 1;
let closingTimer: ReturnType<typeof setTimeout> | undefined;
function refreshWhenSigningCloses(main: HTMLElement) {
  clearTimeout(closingTimer);
  const left = Number(main.dataset.closesIn) + 200;
  if (main.dataset.closesIn && left < maxTimerDelay) closingTimer = setTimeout(() => void refreshPage(), left);
}

function replaceMain(page: Document) {
  const main = document.adoptNode(page.querySelector('main')!);
  const before = frame;
  before.main.replaceWith(main);
  sea.moveTo(main);
  code.moveTo(main);
  document.title = page.title;
  frame = new Frame(main, context, before);
  refreshWhenSigningCloses(main);
  render();
}

function receiveTally(received: Tally | TallyChange) {
  newestVersion = Math.max(newestVersion, received.version);
  const result = applyTally(tally, received);
  if (result) tally = result;
  else void connection.catchUp();
}

function receiveScene(received: StageScene) {
  if (scene && received.version < scene.version) return render();
  const isNewVersion = received.version !== scene?.version;
  scene = received;
  render();
  if (isNewVersion) connection.report();
  if (received.revision > frame.revision || received.state !== frame.state) void refreshPage();
}

const connection = new StageConnection(document.body.dataset.code!, clock, {
  tally(received) {
    receiveTally(received);
    renderTally();
  },
  scene: receiveScene,
  now(received) {
    // Both before anything is rendered: a count that the scene holds must not be shown.
    receiveTally(received.tally);
    receiveScene(received.scene);
  },
  get isBehind() {
    return (tally?.version ?? 0) < newestVersion;
  },
  connected(isConnected) {
    document.body.dataset.line = isConnected ? 'up' : 'down';
  },
  getReport: () => isPicture ? null : { screen, version: shownVersion, soundBlocked: sound.blocked, maySleep: awake!.maySleep },
});
const awake = isPicture ? null : new WakeLock(() => connection.report());
connection.start();

refreshWhenSigningCloses(frame.main);
if (!isPicture) initKeyboard({ largeCode: () => code.toggle(), theme: () => sea.recolour() });

// The live region is updated at intervals, not with each change.
setInterval(() => {
  const liveRegion = document.querySelector('.said'); // not in the host's small frame
  if (liveRegion && liveRegion.textContent !== frame.sentence) liveRegion.textContent = frame.sentence;
}, 15000);
