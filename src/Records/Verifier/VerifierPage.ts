import type { Message } from './names';
import { isReceipt, verifyPackage, verifyReceipt, type Verdict } from './verify';
import { openZip, Unreadable, type Source } from './zip';

// Also opened from a disk, so it makes no requests: the page contains the words of all languages.

type Words = Record<string, string>;

const wordsByLanguage = JSON.parse(document.getElementById('words')!.textContent!) as Record<string, Words>;
const languages = Object.keys(wordsByLanguage);
let language = languages.find(known => navigator.languages.some(preferred => preferred.split('-')[0] === known.split('-')[0])) ?? languages[0]!;
let chosenFile: File | null = null;
let verdict: Verdict | null = null;
let typedCode = '';
let currentRun = 0; // number of the newest check; the results of older ones are dropped

const translate = (key: string, ...values: (Message | number)[]): string =>
  (wordsByLanguage[language]![key] ?? key).replace(/\{(\d)\}/g, (_, at: string) => format(values[Number(at)] ?? ''));

const format = (message: Message | number): string => Array.isArray(message) ? message.map(format).join(' · ')
  : typeof message === 'object' ? translate(message.key, ...message.values)
  : String(message);

function createElement<K extends keyof HTMLElementTagNameMap>(tagName: K, text = '', attributes: Record<string, string> = {},
  ...children: Node[]): HTMLElementTagNameMap[K] {
  const element = document.createElement(tagName);
  element.textContent = text;
  for (const [name, value] of Object.entries(attributes))
    element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const main = document.getElementById('verifier')!;
const status = createElement('div', '', { role: 'status', id: 'verdict' });

function render(): void {
  document.documentElement.lang = language;
  document.title = translate('Title');
  const fileInput = createElement('input', '', { type: 'file', accept: '.zip,.json', id: 'file' });
  fileInput.addEventListener('change', () => void check(fileInput.files?.[0] ?? null));
  const codeInput = createElement('input', '', { type: 'text', id: 'code', autocomplete: 'off', spellcheck: 'false' });
  codeInput.value = typedCode;
  codeInput.addEventListener('input', () => (typedCode = codeInput.value.trim()));
  codeInput.addEventListener('change', () => void check(chosenFile));
  const dropZone = createElement('label', translate('Drop'), { for: 'file', class: 'drop' }, fileInput);
  dropZone.addEventListener('dragover', event => event.preventDefault());
  dropZone.addEventListener('drop', event => {
    event.preventDefault();
    void check(event.dataTransfer?.files[0] ?? null);
  });
  main.replaceChildren(
    createElement('nav', '', { 'aria-label': translate('Languages') }, ...languages.filter(other => other !== language).map(other => {
      const button = createElement('button', wordsByLanguage[other]!['Name']!, { type: 'button', lang: other });
      button.addEventListener('click', () => {
        language = other;
        render();
      });
      return button;
    })),
    createElement('h1', translate('Title')), createElement('p', translate('Lead')), dropZone,
    createElement('label', translate('Code'), { for: 'code' }), codeInput, createElement('p', translate('Code.Hint'), { class: 'hint' }),
    status, createElement('h2', translate('Limits')), createElement('p', translate('Limits.Words')));
  renderVerdict();
}

function renderVerdict(): void {
  if (!verdict) {
    status.replaceChildren();
    status.removeAttribute('class');
    return;
  }
  const { findings, facts } = verdict;
  status.className = findings.length === 0 ? 'good' : 'bad';
  const key = findings.length === 0 ? (facts?.packageCode ? 'Whole' : 'Whole.Receipt') : facts ? 'Broken' : 'Unchecked';
  const rows: [string, string | number][] = facts ? [
    [translate('Fact.Event'), `${facts.title} (${facts.code})`],
    [translate('Fact.Seal'), facts.seal.code],
    [translate('Fact.Sealed'), translate('Fact.Version', facts.seal.version, facts.seal.sealedAt.replace('T', ' ').replace('Z', ' UTC'))],
    ...(facts.stampedAt ? [[translate('Fact.Timestamp'), translate('Fact.Stamped', facts.stampedAt)]] as [string, string][] : []),
    ...(facts.packageCode ? [
      [translate('Fact.Package'), facts.packageCode], [translate('Fact.Files'), facts.files],
      [translate('Fact.Pledges'), facts.erased > 0 ? translate('Fact.Erased', facts.pledges, facts.erased) : facts.pledges],
    ] as [string, string | number][] : []),
  ] : [];
  status.replaceChildren(
    createElement('p', translate(key, findings.length), { class: 'verdict' }),
    createElement('ul', '', {}, ...findings.map(found => createElement('li', translate(found.key, ...found.values)))),
    createElement('dl', '', {}, ...rows.flatMap(([caption, value]) => [createElement('dt', caption), createElement('dd', String(value))])));
}

const sourceOf = (file: Blob): Source => ({
  size: file.size,
  read: async (from, to) => new Uint8Array(await new Response(file.slice(from, to)).arrayBuffer()),
});

async function check(file: File | null): Promise<void> {
  chosenFile = file;
  if (!file)
    return;
  const runNumber = ++currentRun;
  verdict = null;
  status.removeAttribute('class');
  status.textContent = translate('Running', 0, '…');
  const result = await verdictOf(file, runNumber);
  if (runNumber !== currentRun)
    return;
  verdict = result;
  renderVerdict();
}

async function verdictOf(file: File, runNumber: number): Promise<Verdict> {
  try {
    if (/\.json$/i.test(file.name)) {
      const read: unknown = JSON.parse(await new Response(file).text());
      return isReceipt(read) ? verifyReceipt(read, typedCode) : { findings: [{ key: 'Receipt.Unreadable', values: [] }], facts: null };
    }
    const zip = await openZip(sourceOf(file));
    return await verifyPackage(zip, typedCode, async (done, of) => {
      if (runNumber === currentRun)
        status.textContent = translate('Running', done, of);
      await new Promise(resolve => setTimeout(resolve)); // lets the browser render
    });
  } catch (failure) {
    const key = failure instanceof Unreadable ? failure.finding : /\.json$/i.test(file.name) ? 'Receipt.Unreadable' : 'Cut';
    return { findings: [{ key, values: [] }], facts: null };
  }
}

render();
