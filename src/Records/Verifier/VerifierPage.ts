import type { Said } from './names';
import { isReceipt, verifyPackage, verifyReceipt, type Verdict } from './verify';
import { openZip, Unreadable, type Source } from './zip';

// Opened from a disk as well, so it asks nobody for anything: words of all languages stand in the page.

type Words = Record<string, string>;

const all = JSON.parse(document.getElementById('words')!.textContent!) as Record<string, Words>;
const tags = Object.keys(all);
let tag = tags.find(known => navigator.languages.some(asked => asked.split('-')[0] === known.split('-')[0])) ?? tags[0]!;
let chosen: File | null = null;
let verdict: Verdict | null = null;
let typed = '';
let run = 0; // of the newest check: an older one says nothing any more, of the same file with another code either

const say = (key: string, ...values: (Said | number)[]): string =>
  (all[tag]![key] ?? key).replace(/\{(\d)\}/g, (_, at: string) => textOf(values[Number(at)] ?? ''));

const textOf = (said: Said | number): string => Array.isArray(said) ? said.map(textOf).join(' · ')
  : typeof said === 'object' ? say(said.key, ...said.values)
  : String(said);

function make<K extends keyof HTMLElementTagNameMap>(kind: K, text = '', attributes: Record<string, string> = {},
  ...within: Node[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(kind);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, value);
  element.append(...within);
  return element;
}

const main = document.getElementById('verifier')!;
const status = make('div', '', { role: 'status', id: 'verdict' });

function show(): void {
  document.documentElement.lang = tag;
  document.title = say('Title');
  const input = make('input', '', { type: 'file', accept: '.zip,.json', id: 'file' });
  input.addEventListener('change', () => void check(input.files?.[0] ?? null));
  const code = make('input', '', { type: 'text', id: 'code', autocomplete: 'off', spellcheck: 'false' });
  code.value = typed;
  code.addEventListener('input', () => (typed = code.value.trim()));
  code.addEventListener('change', () => void check(chosen));
  const drop = make('label', say('Drop'), { for: 'file', class: 'drop' }, input);
  drop.addEventListener('dragover', event => event.preventDefault());
  drop.addEventListener('drop', event => {
    event.preventDefault();
    void check(event.dataTransfer?.files[0] ?? null);
  });
  main.replaceChildren(
    make('nav', '', { 'aria-label': say('Languages') }, ...tags.filter(other => other !== tag).map(other => {
      const button = make('button', all[other]!['Name']!, { type: 'button', lang: other });
      button.addEventListener('click', () => {
        tag = other;
        show();
      });
      return button;
    })),
    make('h1', say('Title')), make('p', say('Lead')), drop,
    make('label', say('Code'), { for: 'code' }), code, make('p', say('Code.Hint'), { class: 'hint' }),
    status, make('h2', say('Limits')), make('p', say('Limits.Words')));
  tell();
}

function tell(): void {
  if (!verdict) {
    status.replaceChildren();
    status.removeAttribute('class');
    return;
  }
  const { findings, facts } = verdict;
  status.className = findings.length === 0 ? 'good' : 'bad';
  const key = findings.length === 0 ? (facts?.packageCode ? 'Whole' : 'Whole.Receipt') : 'Broken';
  const rows: [string, string | number][] = facts ? [
    [say('Fact.Event'), `${facts.title} (${facts.code})`],
    [say('Fact.Seal'), facts.seal.code],
    [say('Fact.Sealed'), say('Fact.Version', facts.seal.version, facts.seal.sealedAt.replace('T', ' ').replace('Z', ' UTC'))],
    ...(facts.stampedAt ? [[say('Fact.Timestamp'), say('Fact.Stamped', facts.stampedAt)]] as [string, string][] : []),
    ...(facts.packageCode ? [
      [say('Fact.Package'), facts.packageCode], [say('Fact.Files'), facts.files],
      [say('Fact.Pledges'), facts.erased > 0 ? say('Fact.Erased', facts.pledges, facts.erased) : facts.pledges],
    ] as [string, string | number][] : []),
  ] : [];
  status.replaceChildren(
    make('p', say(key, findings.length), { class: 'verdict' }),
    make('ul', '', {}, ...findings.map(found => make('li', say(found.key, ...found.values)))),
    make('dl', '', {}, ...rows.flatMap(([caption, value]) => [make('dt', caption), make('dd', String(value))])));
}

const sourceOf = (file: Blob): Source => ({
  size: file.size,
  read: async (from, to) => new Uint8Array(await new Response(file.slice(from, to)).arrayBuffer()),
});

async function check(file: File | null): Promise<void> {
  chosen = file;
  if (!file)
    return;
  const mine = ++run;
  verdict = null;
  status.removeAttribute('class');
  status.textContent = say('Running', 0, '…');
  const found = await verdictOf(file, mine);
  if (mine !== run)
    return;
  verdict = found;
  tell();
}

async function verdictOf(file: File, mine: number): Promise<Verdict> {
  try {
    if (/\.json$/i.test(file.name)) {
      const read: unknown = JSON.parse(await new Response(file).text());
      return isReceipt(read) ? verifyReceipt(read, typed) : { findings: [{ key: 'Receipt.Unreadable', values: [] }], facts: null };
    }
    const zip = await openZip(sourceOf(file));
    return await verifyPackage(zip, typed, async (done, of) => {
      if (mine === run)
        status.textContent = say('Running', done, of);
      await new Promise(resolve => setTimeout(resolve)); // the page is drawn
    });
  } catch (failure) {
    const key = failure instanceof Unreadable ? failure.finding : /\.json$/i.test(file.name) ? 'Receipt.Unreadable' : 'Cut';
    return { findings: [{ key, values: [] }], facts: null };
  }
}

show();
