// Many phones in one process, each on a line of its own: what the phone page does from the press on 签名并提交 on, by the
// page's own code. Reads a plan and writes a line for each family that got through.
import { AsyncLocalStorage } from 'node:async_hooks';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { OutboxSender } from '../../../../src/Pledging/Phone/outbox-sender';
import type { Final } from '../../../../src/Pledging/Phone/delivery';
import type { SubmissionList } from '../../../../src/Pledging/Phone/submission-list';
import { Outbox, type Submission } from '../../../../src/Pledging/Phone/outbox';

interface Plan {
  code: string;
  classes: number[];
  signature: string;
  /** Each with the port of its line and the key that came with its page. */
  families: { port: number; key: string }[];
  /** They come one after the other within these seconds. */
  within: number;
  /** A page that is wrong on purpose: it tries once. */
  givesUp: boolean;
}

/** Of so many phones one has its page closed soon after the press, and opened again. */
const closing = 20;

const plan: Plan = JSON.parse(await text(process.stdin));
const opened = new AsyncLocalStorage<Page>();
const usual = fetch;
globalThis.fetch = (path, init) => opened.getStore()!.fetch(String(path), init);
// Nobody comes back to these pages and no network returns: they wait for as long as they mean to.
const unmoved = { addEventListener() {}, removeEventListener() {} };
Object.assign(globalThis, unmoved, { document: { ...unmoved, getElementById: () => null } });

async function sign({ port, key }: Plan['families'][number], number: number): Promise<void> {
  await pause(1000 * plan.within * number / plan.families.length);
  const pressed = Date.now();
  const storage = emptyStorage();
  let answered!: (answer: Final | null) => void;
  const answer = new Promise<Final | null>(resolve => answered = resolve);
  const page = new Page(port, storage, answered);
  page.handIn(handedIn(key, number));
  let tries = () => page.tries;
  if (number % closing === 0) {
    await pause(1000 + 700 * (number / closing % 5));
    page.close();
    await pause(2000);
    const again = new Page(port, storage, answered);
    tries = () => page.tries + again.tries;
    again.resume();
  }
  const ended = await answer;
  if (ended?.kind === 'signed')
    process.stdout.write(JSON.stringify({
      key, ...ended.receipt, tries: tries(), took: Date.now() - pressed, kept: Object.keys(storage).length,
    }) + '\n');
}

/** The page, opened once. What it was about to do ends when it is closed. */
class Page {
  tries = 0;
  private closed = false;
  private readonly sender: OutboxSender;

  constructor(private readonly port: number, storage: Storage, private readonly answered: (answer: Final | null) => void) {
    const line = { showWaiting() {}, showAnswer: (_: Submission, answer: Final) => answered(answer) };
    this.sender = new OutboxSender(new Outbox(() => storage), line as unknown as SubmissionList);
  }

  handIn(it: Submission): void {
    opened.run(this, async () => this.answered(await this.sender.deliver(it, () => {})));
  }

  resume(): void {
    opened.run(this, () => this.sender.resume());
  }

  close(): void {
    this.closed = true;
  }

  async fetch(path: string, init?: RequestInit): Promise<Response> {
    if (this.closed)
      return never();
    if (plan.givesUp && this.tries > 0) {
      this.answered(null);
      return never();
    }
    this.tries++;
    const answer = await usual(new URL(path, `http://127.0.0.1:${this.port}`), init);
    const body = await answer.text();
    return this.closed ? never() : new Response(body, answer);
  }
}

function never<T>(): Promise<T> {
  return new Promise(() => {});
}

function emptyStorage(): Storage {
  return Object.create({
    getItem(this: Record<string, string>, name: string) { return this[name] ?? null; },
    setItem(this: Record<string, string>, name: string, value: string) { this[name] = value; },
    removeItem(this: Record<string, string>, name: string) { delete this[name]; },
  });
}

/** A child and a parent of their own: of two families with the same names in one class, only one would count. */
function handedIn(key: string, number: number): Submission {
  const name = '王' + [...String(number)].map(digit => '零一二三四五六七八九'[Number(digit)]).join('');
  return {
    code: plan.code,
    party: 'Family',
    request: {
      key,
      textVersions: { student: 1, guardian: 1 },
      classId: plan.classes[number % plan.classes.length]!,
      signers: [
        { role: 'student', name, signature: plan.signature },
        { role: 'guardian', name: `${name}芳`, relation: 'mother', signature: plan.signature },
      ],
      consents: { guardian: true, showMaskedName: false },
    },
  };
}

await Promise.all(plan.families.map(sign));
