// What the server did not take, on the page: it stays on the device until somebody sends it again or deletes it.
import type { Pupil, Pupils } from './pupils';
import type { Queue, QueueEntry } from './queue';

interface Page {
  queue: Queue;
  words: DOMStringMap;
  pupils: Pupils;
  pupilOf: (it: QueueEntry) => Pupil | undefined;
  /** Called when entries are to be sent again. */
  onAgain: () => void;
  onRemoved: () => void;
}

/** Returns what shows the list, which changes nothing where it is shown already. */
export function initRefusedList({ queue, words, pupils, pupilOf, onAgain, onRemoved }: Page): () => void {
  const list = document.getElementById('refused')!;
  const names = new Intl.ListFormat(document.documentElement.lang, { style: 'narrow' });

  return () => {
    const refused = queue.all.filter(it => it.refused);
    list.hidden = refused.length === 0;
    const keys = refused.map(it => it.key + it.refused).join();
    if (list.dataset.shown === keys)
      return;
    list.dataset.shown = keys;
    const practice = refused.filter(it => it.rehearsal);
    list.replaceChildren(...practice.length ? [practiceRow(practice)] : [], ...refused.filter(it => !it.rehearsal).map(rowOf));
  };

  /** Made on a page of the rehearsal, which said that nothing counts: the teacher knows whether it was meant. */
  function practiceRow(entries: QueueEntry[]): HTMLElement {
    const row = rowWith(words.practice!.replace('{0}', names.format(entries.map(it => it.name))));
    row.className = 'practice';
    button(row, words.practiceSend!, async () => {
      for (const it of entries)
        await sendAgain(it);
      onAgain();
    });
    button(row, words.practiceErase!, async () => {
      for (const it of entries)
        await queue.remove(it.key);
      onRemoved();
    });
    return row;
  }

  function rowOf(it: QueueEntry): HTMLElement {
    // An answer is refused for good where its pupil is no longer on the list.
    const isOutdated = !it.signature && !it.again;
    const template = isOutdated ? words.answerOutdated! : it.again ? words.refusedForNow! : words.refused!;
    const row = rowWith(template.replace('{0}', it.name).replace('{1}', it.refused!));
    if (isOutdated) {
      button(row, words.dismiss!, () => queue.remove(it.key).then(onRemoved));
      return row;
    }
    button(row, words.again!, async () => {
      await sendAgain(it);
      onAgain();
    });
    button(row, words.discard!, async () => {
      if (!confirm(words.discardSure!.replace('{0}', it.name)))
        return;
      await queue.remove(it.key);
      const pupil = pupilOf(it);
      if (pupil)
        pupils.set(pupil, '');
      onRemoved();
    });
    return row;
  }

  async function sendAgain({ refused: _, again: __, rehearsal: ___, ...entry }: QueueEntry): Promise<void> {
    await queue.put({ ...entry, version: Number(words.version) });
    const pupil = pupilOf(entry);
    if (pupil)
      pupils.set(pupil, entry.signature ? 'waits' : entry.answer ?? '');
  }
}

function rowWith(text: string): HTMLElement {
  const row = document.createElement('li');
  row.appendChild(document.createElement('p')).textContent = text;
  return row;
}

function button(row: HTMLElement, text: string, onClick: () => Promise<void>): void {
  const element = row.appendChild(document.createElement('button'));
  element.type = 'button';
  element.className = 'button';
  element.textContent = text;
  element.addEventListener('click', () => void onClick());
}
