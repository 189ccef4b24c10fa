// The class relay: pupil after pupil signs on one device, which stores each signature until the server has it.
import { removeStaleHistoryEntry } from '../../Pledging/Phone/back';
import { stripInvisible, stripInvisibleOnInput } from '../../Pledging/Phone/strip-invisible';
import { problemOf } from '../../Pledging/Phone/typed-name';
import { initFileTransfer } from './file-transfer';
import { Pupils, type Pupil } from './pupils';
import { Queue, type QueueEntry } from './queue';
import { OfflinePage } from './offline-page';
import { initRefusedList } from './refused-list';
import { Sender } from './sender';
import { Turn, type TurnResult, type UndoResult } from './turn';

/** The type of a refusal, see src/Operations/Problem.cs. */
const rehearsalPage = '/problems/rehearsal-page';

const page = document.getElementById('relay');
if (page)
  void begin(page);

async function begin(page: HTMLElement): Promise<void> {
  const words = page.dataset;
  const offlinePage = await OfflinePage.create(words);
  const queue = await Queue.open(words.secret!, words.event!);
  const pupils = new Pupils(document.getElementById('pupils')!, words, pupil => turn?.open(pupil));
  /** By the key of an entry: two pupils who are not on the list may have the same name. */
  const pupilByKey = new Map<string, Pupil>();
  const pupilOf = (it: QueueEntry): Pupil | undefined => pupilByKey.get(it.key) ?? pupils.find(it.entry, it.name);
  const start = document.getElementById('start') as HTMLButtonElement | null;
  const undo = document.getElementById('undo-last') as HTMLButtonElement | null;
  const undoMessage = document.getElementById('undo-told')!;
  let sent = 0;
  let isLinkRefused = false;
  page.hidden = false;
  removeStaleHistoryEntry();

  const sender = new Sender(queue, words.api!, Number(words.class), (it, outcome) => {
    if (outcome === 'sent' && it.signature)
      sent++;
    const pupil = pupilOf(it);
    if (pupil && it.signature)
      pupils.set(pupil, outcome === 'sent' ? 'signed' : 'refused');
    if (outcome !== 'sent' && outcome !== 'later' && outcome.type === rehearsalPage)
      endRehearsal();
    if (pupil && outcome === 'sent')
      void offlinePage?.mark(pupil, it.signature ? 'signed' : it.answer ?? '').then(removeOfflinePageWhenDone);
    if (outcome !== 'later')
      isLinkRefused = outcome !== 'sent' && outcome.type === '/problems/no-such-class-link';
  }, render);

  const turnScreen = document.getElementById('turn');
  const turn = turnScreen && new Turn(turnScreen, page, document.getElementById('pad') as HTMLDialogElement, words, pupils, enqueue, () => {
    sender.sendNow();
    undoMessage.textContent = '';
    render();
    (start && !start.hidden ? start : undo)?.focus();
  });
  undo?.addEventListener('click', async () => {
    const result = await turn!.undoLast();
    render();
    if (result !== 'back')
      undoMessage.textContent = undoMessage.dataset[result]!;
  });

  for (const it of queue.all.map(holdPractice))
    if (!queue.all.includes(it))
      void queue.put(it);
  showWaiting(queue.all);
  start?.addEventListener('click', () => turn?.open(pupils.next()));
  const addForm = document.getElementById('typed') as HTMLFormElement | null;
  if (addForm)
    stripInvisibleOnInput(addForm);
  addForm?.addEventListener('submit', event => {
    event.preventDefault();
    const [name, error] = [document.getElementById('typed-name') as HTMLInputElement, document.getElementById('typed-error')!];
    const typed = stripInvisible(name.value).trim();
    const problem = problemOf(typed);
    error.textContent = problem ? error.dataset[problem]! : '';
    if (problem)
      return name.focus();
    name.value = '';
    turn?.open(pupils.add(typed));
  });
  const onAgain = () => {
    sender.sendNow();
    render();
  };
  const renderRefused = initRefusedList({ queue, words, pupils, pupilOf, onAgain, onRemoved: afterRemoval });
  const showFileButton = initFileTransfer(queue, words, async entries => {
    const read = entries.map(holdPractice);
    for (const it of read)
      await queue.put(it);
    showWaiting(read);
    sender.sendNow();
    render();
  });
  // After the listeners above, so that a press or a chosen file meanwhile is handled.
  if (words.open === 'yes' || queue.all.length > 0)
    await offlinePage?.save(pupils);
  else
    await offlinePage?.remove();
  removeOfflinePageWhenDone();
  render();
  sender.sendNow();
  setInterval(render, 1000);
  setInterval(() => void queue.retry(), 30_000);

  /** The page stays available offline until all pupils have had a turn, or the link is refused, and nothing waits to be sent. */
  function removeOfflinePageWhenDone(): void {
    if (offlinePage?.isAvailable && queue.all.length === 0 && (isLinkRefused || !pupils.next() && pupils.all.length > 0))
      void offlinePage.remove().then(render);
  }

  /** What was made on a page of the rehearsal is not sent from one of another time, before the teacher has said that it was meant. */
  function holdPractice(it: QueueEntry): QueueEntry {
    return it.rehearsal && !words.rehearsal ? { ...it, refused: rehearsalPage } : it;
  }

  /** The rehearsal is over, during which this page was opened: nobody signs on it any more, and it does not open without a network. */
  function endRehearsal(): void {
    words.open = '';
    if (addForm)
      addForm.hidden = true;
    for (const pupil of pupils.all)
      pupils.set(pupil, pupil.served);
    document.getElementById('rehearsal')?.remove();
    document.getElementById('rehearsal-over')!.hidden = false;
    void offlinePage?.remove().then(render);
  }

  function showWaiting(entries: QueueEntry[]): void {
    for (const it of entries) {
      const pupil = it.entry === null ? pupilByKey.get(it.key) ?? pupils.add(it.name) : pupilOf(it) ?? addDeleted(it);
      if (!pupil)
        continue;
      pupilByKey.set(it.key, pupil);
      if (it.refused !== rehearsalPage)
        pupils.set(pupil, it.refused ? 'refused' : it.signature ? 'waits' : it.answer ?? '');
    }
  }

  /** Of a pupil who was deleted from the list meanwhile a signature is shown and sent all the same; an answer is needed no more. */
  function addDeleted(it: QueueEntry): Pupil | undefined {
    if (!it.signature || it.refused === rehearsalPage)
      return undefined;
    const notice = document.getElementById('unlisted')!;
    notice.append(words.unlisted!.replace('{0}', it.name), ' ');
    notice.hidden = false;
    return pupils.add(it.name);
  }

  /** Returns how to undo it, which works until it is being sent. */
  function enqueue(pupil: Pupil, result: TurnResult): () => Promise<UndoResult> {
    const before = pupils.stateOf(pupil);
    const it: QueueEntry = {
      key: newKey(), entry: pupil.entry, name: pupil.name, at: Date.now(), version: Number(words.version), event: words.event!,
      ...!!words.rehearsal && { rehearsal: true as const },
      ...'signature' in result ? result : { signature: null, answer: result.answer },
    };
    pupilByKey.set(it.key, pupil);
    pupils.set(pupil, 'signature' in result ? 'waits' : result.answer);
    // The server knows no answers of pupils who are not on the list.
    if (it.signature || pupil.entry !== null)
      void queue.put(it).then(render);
    void navigator.storage?.persist?.();
    sender.scheduleSend();
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
      render();
      return 'back';
    };
  }

  function render(): void {
    const waiting = queue.all.filter(it => !it.refused);
    const text = [words.rehearsal ?? '', words.sent!.replace('{0}', String(sent)),
      waiting.length ? words.waiting!.replace('{0}', String(waiting.length)) : words.nothingWaits!,
      waiting.length && sender.isOffline ? words.offline! : ''].filter(Boolean).join(' · ');
    for (const id of ['sync', 'turn-sync', 'pad-sync']) {
      const element = document.getElementById(id);
      if (element && element.textContent !== text)
        element.textContent = text;
      element?.classList.toggle('waits', waiting.length > 0);
    }
    const notice = [!queue.isPersisted ? words.unkept! : offlinePage?.isAvailable ? words.reopens! : words.kept!,
      queue.othersCount ? words.others!.replace('{0}', String(queue.othersCount)) : ''].filter(Boolean).join(' ');
    const noticeElement = document.getElementById('promise')!;
    if (noticeElement.textContent !== notice)
      noticeElement.textContent = notice;
    if (start) {
      const next = pupils.next();
      start.hidden = !next;
      const label = pupils.all.some(pupil => pupils.stateOf(pupil) !== '') ? words.goOn! : words.start!;
      start.textContent = next ? label.replace('{0}', next.name) : '';
      document.getElementById('all-done')!.hidden = !!next || words.open !== 'yes' || !pupils.all.some(p => p.entry !== null);
    }
    if (undo)
      undo.hidden = !turn?.canUndo || words.open !== 'yes';
    renderRefused();
    showFileButton();
  }

  function afterRemoval(): void {
    removeOfflinePageWhenDone();
    render();
  }
}

/** A UUID of version 4; `crypto.randomUUID` is missing on plain http. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = bytes[6]! & 0x0f | 0x40;
  bytes[8] = bytes[8]! & 0x3f | 0x80;
  return [...bytes].map(b => b.toString(16).padStart(2, '0')).join('').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}
