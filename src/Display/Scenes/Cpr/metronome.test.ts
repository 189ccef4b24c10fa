/// <reference types="node" />
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { beatAt, beatsBetween, breathsInRound, compressionsInRound, getReadyTime } from './metronome';

const tenMinutes = 600_000;
const paces = [100, 104, 110, 117, 120];
const begun = (beatsPerMinute: number, from = getReadyTime, to = getReadyTime + tenMinutes) => beatsBetween(from, to, beatsPerMinute);

test('three, two, one, and the first compression', () => {
  assert.deepEqual(begun(110, 0, getReadyTime + 1).map(beat => [beat.kind, beat.number, beat.at]),
    [['ready', 3, 0], ['ready', 2, 1000], ['ready', 1, 2000], ['press', 1, 3000]]);
});

test('a round is the one that the page writes', () => {
  const { cprRound } = JSON.parse(readFileSync('tests/contract/limits.json', 'utf8'));
  assert.deepEqual({ compressions: compressionsInRound, breaths: breathsInRound }, cprRound);
});

test('thirty compressions, two breaths, and again', () => {
  for (const pace of paces) {
    const counted = begun(pace).slice(0, 64).map(beat => `${beat.kind} ${beat.number}`);
    const round = [...Array.from({ length: 30 }, (_, i) => `press ${i + 1}`), 'breathe 1', 'breathe 2'];
    assert.deepEqual(counted, [...round, ...round]);
  }
});

test('the pace of the compressions is exact, to the last round of ten minutes', () => {
  for (const pace of paces) {
    const rounds = new Map<number, number[]>();
    for (const beat of begun(pace).filter(beat => beat.kind === 'press'))
      rounds.set(beat.round, [...(rounds.get(beat.round) ?? []), beat.at]);
    const whole = [...rounds.values()].filter(beats => beats.length === 30);
    assert.ok(whole.length > 25);
    for (const beats of whole) assert.ok(Math.abs((beats[29]! - beats[0]!) / 29 - 60_000 / pace) < 1e-6);
    // Round n begins where n - 1 whole rounds end: nothing adds up.
    const roundTime = rounds.get(2)![0]! - rounds.get(1)![0]!;
    for (const [round, beats] of rounds) assert.ok(Math.abs(beats[0]! - getReadyTime - (round - 1) * roundTime) < 1e-3);
  }
});

test('whoever looks late sees the same beat as whoever was there from the start', () => {
  for (const pace of paces)
    for (const beat of begun(pace)) {
      assert.deepEqual(beatAt((beat.at + beat.until) / 2, pace), beat);
      assert.deepEqual(beatAt(beat.at, pace), beat);
    }
});

test('looked at in short stretches, no beat comes twice and none is left out', () => {
  for (const pace of paces) {
    const stretches = [];
    for (let from = 0; from < 120_000; from += 137) stretches.push(...beatsBetween(from, Math.min(120_000, from + 137), pace));
    assert.deepEqual(stretches, beatsBetween(0, 120_000, pace));
  }
});
