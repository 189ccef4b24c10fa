// Many phones in one process, each on a line of its own: what the phone page does from the press on 签名并提交 on, by the
// page's own code. Reads a plan and writes a line for each family that got through.
import { AsyncLocalStorage } from 'node:async_hooks';
import process from 'node:process';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';
import { deliver, send, type Answer, type SignRequest } from '../../../../src/Pledging/Phone/delivery';

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

const plan: Plan = JSON.parse(await text(process.stdin));
const line = new AsyncLocalStorage<number>();
const usual = fetch;
globalThis.fetch = (path, init) => usual(new URL(String(path), `http://127.0.0.1:${line.getStore()}`), init);

await Promise.all(plan.families.map(({ port, key }, number) => line.run(port, () => sign(requestOf(key, number), number))));

async function sign(request: SignRequest, number: number): Promise<void> {
  await pause(1000 * plan.within * number / plan.families.length);
  const pressed = Date.now();
  let tries = 0;
  const answer = await delivered(() => {
    tries++;
    return send(plan.code, request);
  });
  if (answer.kind === 'signed')
    process.stdout.write(JSON.stringify({ key: request.key, ...answer.receipt, tries, took: Date.now() - pressed }) + '\n');
}

function delivered(sendOnce: () => Promise<Answer>): Promise<Answer> {
  return plan.givesUp ? sendOnce() : deliver(sendOnce, seconds => pause(1000 * seconds));
}

/** A child and a parent of their own: of two families with the same names in one class, only one would count. */
function requestOf(key: string, number: number): SignRequest {
  const name = '王' + [...String(number)].map(digit => '零一二三四五六七八九'[Number(digit)]).join('');
  return {
    key,
    textVersions: { student: 1, guardian: 1 },
    classId: plan.classes[number % plan.classes.length]!,
    signers: [
      { role: 'student', name, signature: plan.signature },
      { role: 'guardian', name: `${name}芳`, relation: 'mother', signature: plan.signature },
    ],
    consents: { guardian: true, showMaskedName: false },
  };
}
