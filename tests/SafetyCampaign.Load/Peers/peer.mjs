// The same sign request, stored and synced as ours, as others would build it in Node with fastify, better-sqlite3 and socket.io:
//   node peer.mjs careful PORT FILE   requests that wait together share one transaction; the count is told at most 15 times a second
//   node peer.mjs typical PORT FILE   each request has its own transaction, and each signature is told to every screen
// Both are spared what the program does besides: texts, classes, consent, counting families, receipts that can be looked up.
import Database from 'better-sqlite3';
import Fastify from 'fastify';
import { randomBytes } from 'node:crypto';
import { Server } from 'socket.io';

const [kind, port, file] = process.argv.slice(2);
const db = new Database(file);
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(`
  CREATE TABLE pledges (sequence INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, class INTEGER, role TEXT NOT NULL, name TEXT NOT NULL,
    relation TEXT, signed_at INTEGER NOT NULL, receipt TEXT NOT NULL) STRICT;
  CREATE TABLE signatures (sequence INTEGER PRIMARY KEY, strokes BLOB NOT NULL) STRICT;`);
const insertPledge = db.prepare('INSERT INTO pledges VALUES (?, ?, ?, ?, ?, ?, ?, ?)');
const insertSignature = db.prepare('INSERT INTO signatures VALUES (?, ?)');

const text = { type: 'string' };
const schema = {
  body: {
    type: 'object',
    required: ['key', 'signers'],
    properties: {
      key: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
      classId: { type: 'integer', nullable: true },
      signers: {
        type: 'array', minItems: 1, maxItems: 4,
        items: {
          type: 'object', required: ['role', 'name'],
          properties: { role: text, name: text, relation: { ...text, nullable: true }, signature: text },
        },
      },
    },
  },
  response: { 201: { type: 'object', properties: { receipt: text, number: { type: 'integer' }, signedAt: text, verification: text } } },
};

let sequence = 0;
function store({ key, classId, signers }) {
  const keyBytes = Buffer.from(key.replaceAll('-', ''), 'hex');
  const receipt = randomBytes(18).toString('base64url');
  const now = new Date();
  let number = 0;
  for (const [i, { role, name, relation, signature }] of signers.entries()) {
    number = ++sequence;
    insertPledge.run(number, i === 0 ? keyBytes : Buffer.concat([keyBytes, Buffer.from([i])]), classId, role, name, relation, now.getTime(), receipt);
    insertSignature.run(number, Buffer.from(signature ?? '', 'base64url'));
  }
  return { receipt, number, signedAt: now.toISOString(), verification: '0000-0000-0000' };
}

const app = Fastify();
const screens = new Server(app.server);
const waiting = [];
let isPlanned = false;
const storeAll = db.transaction(group => group.map(({ body }) => store(body)));

/** All that has come since the last transaction is written in one. */
function writeWaiting() {
  isPlanned = false;
  const group = waiting.splice(0, 256);
  try {
    const answers = storeAll(group);
    group.forEach(({ done }, i) => done(answers[i]));
  } catch (failure) {
    for (const { failed } of group) failed(failure);
  }
  if (waiting.length > 0) plan();
}

function plan() {
  if (isPlanned) return;
  isPlanned = true;
  setImmediate(writeWaiting);
}

const handlers = {
  careful: body => new Promise((done, failed) => {
    waiting.push({ body, done, failed });
    plan();
  }),
  typical: body => {
    const answer = db.transaction(store)(body);
    screens.emit('tally', { people: sequence });
    return answer;
  },
};

if (kind === 'careful') {
  let told = 0;
  setInterval(() => { if (told !== sequence) screens.emit('tally', { people: told = sequence }); }, 66);
}
app.post('/pledges', { schema }, async (request, reply) => {
  const answer = await handlers[kind](request.body);
  reply.code(201);
  return answer;
});
app.get('/healthz/ready', async () => '');
process.stdin.on('end', () => process.exit()).resume(); // whoever started it is gone
await app.listen({ port: Number(port), host: '127.0.0.1' });
