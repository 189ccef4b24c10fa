import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { stripInvisible } from './strip-invisible';

test('what nobody sees is taken out of a pasted name as the server takes it out, and what belongs to a name stays', () => {
  const names = JSON.parse(readFileSync('tests/contract/pasted-names.json', 'utf8')) as { typed: string; read: string }[];
  assert.ok(names.length > 20);
  for (const { typed, read } of names)
    assert.equal(stripInvisible(typed), read, [...typed].map(c => c.codePointAt(0)!.toString(16)).join(' '));
});
