import { Sea } from '../Sea/sea';
import { Awake } from './awake';
import { Clock } from './clock';
import { Code } from './code';
import { StageConnection } from './connection';
import { Frame } from './frame';
import { followKeys } from './keys';
import { pause } from './pause';
import { PollingRequests } from './polling';
import { screenName } from './screen-name';
import { Sound } from './sound';
import { follow, type StageScene, type Tally, type TallyChange } from './tally';

// The host's page shows the stage as a small picture, which is silent and no screen of its own.
const isPicture = new URLSearchParams(location.search).has('picture');
const clock = new Clock();
const sound = new Sound(() => {
  show();
  connection.report();
});
const stage = document.querySelector('main')!;
const sea = new Sea(stage, () => clock.now(), isPicture);
const code = new Code(stage);
const context = { clock, sound, sea, code, isPicture };
let frame = new Frame(stage, context);
const screen = screenName();
let tally: Tally | undefined;
let newest = 0; // version of a tally that was told, whether or not it could be followed
let counted: Tally | undefined; // as it is shown
let scene: StageScene | undefined;
let shown = 0;
const pages = new PollingRequests();
let wanted = 0;
let written = 0;
let renewing = false;

/** Shows the newest that is known; the screens of an event show the same count, held or not. */
function show() {
  if (!scene) return; // Whether the count is held is not known yet; what the server has written stands.
  document.body.toggleAttribute('data-blank', scene.blank);
  sound.want(scene.sound && !isPicture);
  frame.show(scene);
  if (frame.revision >= scene.revision) shown = scene.version;
  count();
}

/** The counts alone: while a hall signs they change many times a second. */
function count() {
  if (!scene) return;
  const { held } = scene;
  // A tally may have arrived between the hold and its message: the number shown does not fall.
  if (!(held && counted && counted.version > held.version)) counted = held ?? tally;
  if (counted && tally) frame.tally(counted, tally);
}

/** The server writes the page; what the event's organizer has changed is taken from it anew. */
async function renew() {
  wanted++;
  if (renewing) return;
  renewing = true;
  // A request that hangs does not delay the next; a server that refuses is asked ever more rarely.
  for (let rest = 300; written < wanted || frame.revision < (scene?.revision ?? 0); rest = Math.min(2 * rest, 8000)) {
    await Promise.race([read().catch(() => {}), pause(500)]);
    await pause(Math.random() * rest);
  }
  renewing = false;
}

async function read() {
  const answers = wanted;
  const page = await pages.send(async signal => {
    const answer = await fetch(location.href, { cache: 'no-store', signal });
    if (!answer.ok) throw new Error(answer.statusText);
    return answer.text();
  });
  if (answers < written) return; // overtaken
  written = answers;
  put(new DOMParser().parseFromString(page, 'text/html'));
}

// Home signing runs out by the server's clock, so the page says how long is left, not when.
const maxTimerDelay = 2 ** 31 - 1;
let closing: ReturnType<typeof setTimeout> | undefined;
function renewWhenSigningCloses(main: HTMLElement) {
  clearTimeout(closing);
  const left = Number(main.dataset.closesIn) + 200;
  if (main.dataset.closesIn && left < maxTimerDelay) closing = setTimeout(() => void renew(), left);
}

function put(page: Document) {
  const main = document.adoptNode(page.querySelector('main')!);
  const before = frame;
  before.main.replaceWith(main);
  sea.moveTo(main);
  code.moveTo(main);
  document.title = page.title;
  frame = new Frame(main, context, before);
  renewWhenSigningCloses(main);
  show();
}

function takeTally(told: Tally | TallyChange) {
  newest = Math.max(newest, told.version);
  const followed = follow(tally, told);
  if (followed) tally = followed;
  else void connection.catchUp();
}

function takeScene(told: StageScene) {
  if (scene && told.version < scene.version) return show();
  const isNews = told.version !== scene?.version;
  scene = told;
  show();
  if (isNews) connection.report();
  if (told.revision > frame.revision || told.state !== frame.state) void renew();
}

const connection = new StageConnection(document.body.dataset.code!, clock, {
  tally(told) {
    takeTally(told);
    count();
  },
  scene: takeScene,
  now(told) {
    // Both before anything is shown: a count that the scene holds is not to be seen on the way.
    takeTally(told.tally);
    takeScene(told.scene);
  },
  get isBehind() {
    return (tally?.version ?? 0) < newest;
  },
  line(up) {
    document.body.dataset.line = up ? 'up' : 'down';
  },
  shows: () => isPicture ? null : { screen, version: shown, soundBlocked: sound.blocked, maySleep: awake!.maySleep },
});
const awake = isPicture ? null : new Awake(() => connection.report());
connection.start();

renewWhenSigningCloses(frame.main);
if (!isPicture) followKeys({ largeCode: () => code.toggle(), theme: () => sea.recolour() });

// The live region is updated at intervals, not with each change.
setInterval(() => {
  const said = document.querySelector('.said'); // not in the small picture
  if (said && said.textContent !== frame.sentence) said.textContent = frame.sentence;
}, 15000);
