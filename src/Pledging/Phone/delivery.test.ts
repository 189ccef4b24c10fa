import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { Delivery, send, type Answer, type Final, type Receipt, type SignRequest } from './delivery';

const receipt = { receipt: 'abc', number: 7, signedAt: '2026-07-17T08:00:00Z', verification: '0001-2F7Q-K3ZM' };
const signed: Answer = { kind: 'signed', receipt };

test('what arrives at once is answered at once', async () => {
  const { answers, waits } = await delivered([signed]);
  assert.deepEqual(answers, [signed]);
  assert.deepEqual(waits, []);
});

test('while nobody answers it waits longer and longer, up to half a minute', async () => {
  const { waits } = await delivered([...Array<Answer>(7).fill({ kind: 'later', seconds: 0 }), signed]);
  assert.deepEqual(waits, [1, 2, 4, 8, 16, 30, 30]);
});

test('it waits as long as the server asks', async () => {
  const { waits } = await delivered([{ kind: 'later', seconds: 10 }, signed]);
  assert.deepEqual(waits, [10]);
});

test('a refusal ends the waiting', async () => {
  const problem = { status: 403, title: 'Signing has ended', detail: '' };
  const { answers } = await delivered([{ kind: 'later', seconds: 0 }, { kind: 'refused', problem }]);
  assert.deepEqual(answers, [{ kind: 'refused', problem }]);
});

test('many go one at a time, the oldest first, and one that the server cannot take holds up none of the others', async () => {
  const later: Answer = { kind: 'later', seconds: 2 };
  const { order, most, waits } = await delivered([later, signed, signed, signed], ['a', 'b', 'c']);
  assert.deepEqual(order, ['a', 'b', 'c', 'a']);
  assert.equal(most, 1);
  assert.deepEqual(waits, [2]);
});

test('what somebody stands and waits for goes before the others, and does not wait for the network to come back by itself', async () => {
  const sent: string[] = [];
  let offline = true;
  const delivery = new Delivery<string>(async it => {
    sent.push(it);
    return offline ? { kind: 'later', seconds: 0 } : signed;
  }, () => new Promise(() => {}));
  delivery.add({ it: 'before', onDelay: () => {}, onAnswer: () => {} }, false);
  while (sent.length === 0 || !isPaused(delivery))
    await new Promise(resolve => setImmediate(resolve));
  offline = false;

  await new Promise(answered => delivery.add({ it: 'pressed', onDelay: () => {}, onAnswer: answered }, true));

  assert.deepEqual(sent.slice(0, 2), ['before', 'pressed']);
});

test('no answer is said after the silence, while the request is still on its way', async () => {
  let answer = (_: Answer) => {};
  const delivery = new Delivery<string>(() => new Promise(resolve => answer = resolve), async () => {}, 1);
  let answered: Final | null = null;
  await new Promise<void>(waits => delivery.add({ it: 'a', onDelay: waits, onAnswer: it => answered = it }, true));

  assert.equal(answered, null);
  answer(signed);
});

test('the answer that the server writes is the receipt', async () => {
  const sample: Receipt = JSON.parse(readFileSync('tests/contract/sign-answer.json', 'utf8'));
  assert.deepEqual(Object.keys(sample).sort(), Object.keys(receipt).sort());
  for (const status of [200, 201])
    assert.deepEqual(await answered(new Response(JSON.stringify(sample), { status })), { kind: 'signed', receipt: sample });
});

test('what may have been stored, or could not be yet, is sent again later, and its answer is read to the end', async () => {
  for (const status of [408, 429, 500, 502, 503]) {
    const answer = new Response('{}', { status, headers: { 'Retry-After': '3' } });
    assert.deepEqual(await answered(answer), { kind: 'later', seconds: 3 });
    assert.ok(answer.bodyUsed);
  }
  assert.deepEqual(await answered(new TypeError('the network is gone')), { kind: 'later', seconds: 0 });
  assert.deepEqual(await answered(new Response('<html>cut off', { status: 200 })), { kind: 'later', seconds: 0 });
});

test('a request says its key before its body, and is not one of those that outlive the page', async () => {
  await answered(new Response('{}'));
  assert.equal(new Headers(asked?.headers).get('Idempotency-Key'), 'the key');
  assert.ok(!asked?.keepalive);
});

test('the end of signing is told from what is wrong with a request', async () => {
  const ended = { type: '/problems/signing-ended', status: 403, title: 'Signing has ended', detail: '' };
  assert.deepEqual(await answered(new Response(JSON.stringify(ended), { status: 403 })), { kind: 'ended', problem: ended });
  const wrong = { ...ended, type: '/problems/invalid', status: 400 };
  assert.deepEqual(await answered(new Response(JSON.stringify(wrong), { status: 400 })), { kind: 'refused', problem: wrong });
});

test('a network that answers in our place, until somebody has signed in to it, ends nothing', async () => {
  for (const status of [200, 403, 511])
    for (const body of ['<html>Sign in to the Wi-Fi', '{"login":"required"}', 'null'])
      assert.deepEqual(await answered(new Response(body, { status })), { kind: 'later', seconds: 0 });
});

let asked: RequestInit | undefined;

async function answered(by: Response | Error): Promise<Answer> {
  globalThis.fetch = async (_, how) => {
    asked = how;
    if (by instanceof Error)
      throw by;
    return by;
  };
  const request: SignRequest = {
    key: 'the key', textVersions: {}, classId: null, signers: [], consents: { guardian: false, showMaskedName: false },
  };
  return send('DEM001', request);
}

/** What becomes of some requests, of which each attempt is answered by the next of the answers. */
async function delivered(replies: Answer[], requests = ['a']) {
  const [waits, order, answers]: [number[], string[], Final[]] = [[], [], []];
  let [underWay, most] = [0, 0];
  const delivery = new Delivery<string>(async it => {
    order.push(it);
    most = Math.max(most, ++underWay);
    await new Promise(resolve => setImmediate(resolve));
    underWay--;
    return replies.shift()!;
  }, async seconds => void waits.push(seconds), undefined, () => 0);
  await Promise.all(requests.map(it => new Promise<void>(done => delivery.add({
    it, onDelay: () => {}, onAnswer: answer => {
      answers.push(answer);
      done();
    },
  }, false))));
  return { answers, waits, order, most };
}

function isPaused(delivery: Delivery<string>): boolean {
  return (delivery as unknown as { endPause: unknown }).endPause !== null;
}
