import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Queue, type QueueEntry } from './queue';
import { markRefused, Sender } from './sender';

const waiting: QueueEntry = { key: 'k', entry: 7, name: '王小明', at: 1, signature: 's', version: 1, event: 'ABC123' };

test('what signing or the link was over for is sent again by itself, and what is wrong is not', () => {
  for (const type of ['/problems/signing-ended', '/problems/no-such-class-link'])
    assert.deepEqual(markRefused(waiting, { refused: 'over', type }), { ...waiting, refused: 'over', again: true });
  const wrong = { refused: 'wrong', type: '/problems/invalid' };
  assert.deepEqual(markRefused({ ...waiting, again: true }, wrong), { ...waiting, refused: 'wrong' });
});

test('what was refused while somebody asked for another attempt is sent once more', async () => {
  const answers = ['{"title":"over","type":"/problems/no-such-class-link"}', '{"receipt":"r"}'];
  let sender: Sender | undefined;
  let sent = 0;
  Object.assign(globalThis, {
    window: globalThis, addEventListener: () => {}, document: { addEventListener: () => {} },
    fetch: () => {
      if (sent === 0)
        sender!.sendNow(); // the link is known again, and the answer that is on its way does not know it yet
      return Promise.resolve(new Response(answers[sent], { status: sent++ === 0 ? 404 : 201 }));
    },
  });
  const queue = await Queue.open('0123456789abcdef0123456789abcdef', 'ABC123');
  await queue.put(waiting);

  const outcomes = await new Promise<string[]>(done => {
    const told: string[] = [];
    sender = new Sender(queue, '/api', 1, (_, outcome) => {
      told.push(typeof outcome === 'string' ? outcome : 'refused');
      if (told.length === 2)
        done(told);
    }, () => {});
    sender.sendNow();
  });

  assert.deepEqual(outcomes, ['refused', 'sent']);
});
