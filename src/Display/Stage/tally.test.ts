import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { StageScene, Tally } from './tally';

const sample = <T>(name: string): T => JSON.parse(readFileSync(`tests/contract/${name}.json`, 'utf8'));

test('what the server sends is what the stage reads', () => {
  const { version, people, families, byClass } = sample<Tally>('tally');
  assert.deepEqual([version, people, families], [41, 5, 2]);
  assert.deepEqual(byClass.map(group => [group.classId, group.people, group.families, group.expected]), [[12, 4, 2, 45], [13, 0, 0, null], [14, null, null, null]]);
  assert.deepEqual(byClass.map(group => group.few), [undefined, undefined, true]);
  const scene = sample<StageScene>('scene');
  assert.deepEqual([scene.version, scene.revision, scene.state, scene.sceneId, scene.kind], [5, 3, 'open', 5, 'signing']);
  assert.equal(scene.signingUntil! - scene.now, 90_000);
  assert.equal(scene.held!.people, 5);
  assert.deepEqual(scene.names, ['王**']);
});
