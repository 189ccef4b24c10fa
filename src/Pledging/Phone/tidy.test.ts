import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tidied } from './tidy';

test('what nobody sees is taken out of a pasted name', () => {
  for (const unseen of [
    '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u202a', '\u202e', '\u2060',
    '\u2066', '\u2069', '\ufeff', '\u00ad', '\u061c', '\0', '\r\n',
  ])
    assert.equal(tidied(`${unseen}王${unseen}小明${unseen}`), '王小明', unseen.codePointAt(0)!.toString(16));
  assert.equal(tidied('Anna\tSmith'), 'Anna Smith');
});

test('what belongs to a name stays', () => {
  for (const name of ['王小明', '阿卜杜·克热木', '𠮷田', "O'Neil", 'ᠰᠠᠷᠠ\u180eᠠ', '葛\u{e0100}'])
    assert.equal(tidied(name), name);
});
