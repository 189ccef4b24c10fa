// The class relay: the list walks by, each pupil writes, what was written waits on the device until the server has it.
import { leaveClosedPad } from '../../Pledging/Phone/back';
import { tidied, tidyNames } from '../../Pledging/Phone/tidy';
import { problemOf } from '../../Pledging/Phone/typed-name';
import { offerFile } from './carry';
import { Pupils, type Pupil } from './pupils';
import { Queue, type Waiting } from './queue';
import { Reopening } from './reopening';
import { Sender } from './sender';
import { Turn, type Said, type TakenBack } from './turn';

const page = document.getElementById('relay');
if (page)
  void begin(page);

async function begin(page: HTMLElement): Promise<void> {
  const words = page.dataset;
  const reopening = await Reopening.begin(words);
  const queue = await Queue.open(words.secret!, words.event!);
  const pupils = new Pupils(document.getElementById('pupils')!, words, pupil => turn?.open(pupil));
  /** Two who are on no list may have one name: each keeps the row of its own. */
  const rows = new Map<string, Pupil>();
  const rowOf = (it: Waiting): Pupil | undefined => rows.get(it.key) ?? pupils.find(it.entry, it.name);
  const start = document.getElementById('start') as HTMLButtonElement | null;
  let sent = 0;
  let isLinkRefused = false;
  page.hidden = false;
  leaveClosedPad();

  const sender = new Sender(queue, words.api!, Number(words.class), (it, outcome) => {
    if (outcome === 'sent' && it.signature)
      sent++;
    const pupil = rowOf(it);
    if (pupil && it.signature)
      pupils.set(pupil, outcome === 'sent' ? 'signed' : 'refused');
    if (pupil && outcome === 'sent')
      void reopening?.mark(pupil, it.signature ? 'signed' : it.answer ?? '').then(dropWhatIsDone);
    if (outcome !== 'later')
      isLinkRefused = outcome !== 'sent' && outcome.type === '/problems/no-such-class-link';
  }, show);

  const screen = document.getElementById('turn');
  const turn = screen && new Turn(screen, page, document.getElementById('pad') as HTMLDialogElement, words, pupils, keep, () => {
    sender.hurry();
    show();
    start?.focus();
  });

  showWaiting(queue.all);
  start?.addEventListener('click', () => turn?.open(pupils.next()));
  const others = document.getElementById('typed') as HTMLFormElement | null;
  if (others)
    tidyNames(others);
  others?.addEventListener('submit', event => {
    event.preventDefault();
    const [name, error] = [document.getElementById('typed-name') as HTMLInputElement, document.getElementById('typed-error')!];
    const typed = tidied(name.value).trim();
    const problem = problemOf(typed);
    error.textContent = problem ? error.dataset[problem]! : '';
    if (problem)
      return name.focus();
    name.value = '';
    turn?.open(pupils.add(typed));
  });
  const showFile = offerFile(queue, words, async them => {
    for (const it of them)
      await queue.put(it);
    showWaiting(them);
    sender.hurry();
    show();
  });
  // Who presses or chooses a file meanwhile is heard.
  if (words.open === 'yes' || queue.all.length > 0)
    await reopening?.keep(pupils);
  else
    await reopening?.drop();
  dropWhatIsDone();
  show();
  sender.hurry();
  setInterval(show, 1000);
  setInterval(() => void queue.retry(), 30_000);

  /** The page is kept for as long as somebody is still to have a turn by a link that holds, or something waits. */
  function dropWhatIsDone(): void {
    if (reopening?.holds && queue.all.length === 0 && (isLinkRefused || !pupils.next() && pupils.all.length > 0))
      void reopening.drop().then(show);
  }

  function showWaiting(them: Waiting[]): void {
    for (const it of them) {
      const pupil = it.entry === null ? rows.get(it.key) ?? pupils.add(it.name) : rowOf(it);
      if (!pupil)
        continue;
      rows.set(it.key, pupil);
      pupils.set(pupil, it.refused ? 'refused' : it.signature ? 'waits' : it.answer ?? '');
    }
  }

  /** Answers how it is taken back: while it has not been sent, and is not on its way. */
  function keep(pupil: Pupil, said: Said): () => Promise<TakenBack> {
    const before = pupils.stateOf(pupil);
    const it: Waiting = {
      key: newKey(), entry: pupil.entry, name: pupil.name, at: Date.now(), version: Number(words.version), event: words.event!,
      ...'signature' in said ? said : { signature: null, answer: said.answer },
    };
    rows.set(it.key, pupil);
    pupils.set(pupil, 'signature' in said ? 'waits' : said.answer);
    // An answer of somebody who is on no list is for this page alone.
    if (it.signature || pupil.entry !== null)
      void queue.put(it).then(show);
    void navigator.storage?.persist?.();
    sender.added();
    return async () => {
      if (sender.inFlight === it.key)
        return 'sending';
      if (it.signature && !queue.has(it.key))
        return 'sent';
      const wasSent = !queue.has(it.key);
      await queue.remove(it.key);
      if (wasSent && pupil.entry !== null)
        await queue.put({ ...it, key: newKey(), answer: null });
      pupils.set(pupil, before);
      show();
      return 'back';
    };
  }

  function show(): void {
    const waiting = queue.all.filter(it => !it.refused);
    const line = [words.sent!.replace('{0}', String(sent)),
      waiting.length ? words.waiting!.replace('{0}', String(waiting.length)) : words.nothingWaits!,
      waiting.length && sender.isOffline ? words.offline! : ''].filter(Boolean).join(' · ');
    for (const id of ['sync', 'turn-sync', 'pad-sync']) {
      const told = document.getElementById(id);
      if (told && told.textContent !== line)
        told.textContent = line;
      told?.classList.toggle('waits', waiting.length > 0);
    }
    const promise = [!queue.isKept ? words.unkept! : reopening?.holds ? words.reopens! : words.kept!,
      queue.ofOthers ? words.others!.replace('{0}', String(queue.ofOthers)) : ''].filter(Boolean).join(' ');
    const promised = document.getElementById('promise')!;
    if (promised.textContent !== promise)
      promised.textContent = promise;
    if (start) {
      const next = pupils.next();
      start.hidden = !next;
      start.textContent = next ? (pupils.all.some(p => pupils.stateOf(p) !== '') ? words.goOn! : words.start!).replace('{0}', next.name) : '';
      document.getElementById('all-done')!.hidden = !!next || !pupils.all.some(p => p.entry !== null);
    }
    showRefused();
    showFile();
  }

  /** Nothing that was written is thrown away by itself. */
  function showRefused(): void {
    const list = document.getElementById('refused')!;
    const refused = queue.all.filter(it => it.refused);
    list.hidden = refused.length === 0;
    const keys = refused.map(it => it.key + it.refused).join();
    if (list.dataset.shown === keys)
      return;
    list.dataset.shown = keys;
    list.replaceChildren(...refused.map(it => {
      const row = document.createElement('li');
      const line = it.again ? words.refusedForNow! : words.refused!;
      row.appendChild(document.createElement('p')).textContent = line.replace('{0}', it.name).replace('{1}', it.refused!);
      const button = (text: string, act: () => Promise<void>) => {
        const made = row.appendChild(document.createElement('button'));
        made.type = 'button';
        made.className = 'button';
        made.textContent = text;
        made.addEventListener('click', () => void act());
      };
      button(words.again!, async () => {
        const { refused: _, again: __, ...anew } = it;
        await queue.put({ ...anew, version: Number(words.version) });
        const pupil = rowOf(it);
        if (pupil)
          pupils.set(pupil, 'waits');
        sender.hurry();
        show();
      });
      button(words.discard!, async () => {
        if (!confirm(words.discardSure!.replace('{0}', it.name)))
          return;
        await queue.remove(it.key);
        const pupil = rowOf(it);
        if (pupil)
          pupils.set(pupil, '');
        dropWhatIsDone();
        show();
      });
      return row;
    }));
  }
}

/** A UUID of version 4; `crypto.randomUUID` is missing on plain http. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6]! & 0x0f | 0x40;
  bytes[8] = bytes[8]! & 0x3f | 0x80;
  return [...bytes].map(b => b.toString(16).padStart(2, '0')).join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
