import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { applyTally, type StageScene, type Tally, type TallyChange } from './tally';

const sample = <T>(name: string): T => JSON.parse(readFileSync(`tests/contract/${name}.json`, 'utf8'));

test('what the server sends is what the stage reads', () => {
  const { version, people, families, byClass } = sample<Tally>('tally');
  assert.deepEqual([version, people, families], [41, 5, 2]);
  assert.deepEqual(byClass.map(group => [group.classId, group.people, group.families, group.expected]),
    [[12, 4, 2, 45], [13, 0, 0, null], [14, null, null, null]]);
  assert.deepEqual(byClass.map(group => group.few), [undefined, undefined, true]);
  const scene = sample<StageScene>('scene');
  assert.deepEqual([scene.version, scene.revision, scene.state, scene.sceneId, scene.kind], [5, 3, 'open', 5, 'signing']);
  assert.equal(scene.signingUntil! - scene.now, 90_000);
  assert.equal(scene.held!.people, 5);
  assert.deepEqual(scene.names, ['王**']);
});

test('a change puts its classes in place of those that are known, and the rest stays', () => {
  const whole = sample<Tally>('tally');
  const change = sample<TallyChange>('tally-change');
  const after = applyTally(whole, change)!;
  assert.deepEqual([after.version, after.people, after.families, 'since' in after], [43, 7, 3, false]);
  assert.deepEqual(after.byClass.map(group => [group.classId, group.people, group.families]), [[12, 4, 2], [13, 2, 1], [14, null, null]]);
});

test('a change of classes that are not known asks for the whole; what is told twice or late changes nothing', () => {
  const whole = sample<Tally>('tally');
  const change = sample<TallyChange>('tally-change');
  assert.equal(applyTally(undefined, change), null);
  assert.equal(applyTally({ ...whole, version: 40 }, change), null);
  const after = applyTally(whole, change)!;
  assert.deepEqual(applyTally(after, change), after);
  assert.equal(applyTally({ ...after, version: 44 }, change)!.version, 44);
  assert.equal(applyTally(after, whole), after);
  assert.equal(applyTally(after, { ...whole, version: 50 })!.people, 5);
});
