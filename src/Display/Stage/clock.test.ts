import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Clock } from './clock';

/** A machine and a server whose clocks the test sets, with a delay in each direction. */
function machine(serverAhead: number) {
  let own = 5000;
  const clock = new Clock(() => own);
  return {
    clock,
    pass(ms: number) { own += ms; },
    set(ahead: number) { serverAhead = ahead; },
    ask(there: number, back: number) {
      const asked = own;
      const told = own + there + serverAhead;
      own += there + back;
      clock.answered(told, asked);
    },
    get error() { return clock.now() - (own + serverAhead); },
  };
}

test('over a line that is as quick both ways the time is exact', () => {
  const stage = machine(1_000_000);
  stage.ask(40, 40);
  assert.equal(stage.error, 0);
});

test('the quickest answer counts, whatever comes after it', () => {
  const stage = machine(1_000_000);
  stage.ask(0, 900);
  assert.equal(stage.error, -450);
  stage.ask(2, 4);
  stage.pass(10_000);
  assert.equal(Math.round(stage.error), -1);
  stage.ask(10, 300);
  stage.pass(10_000);
  assert.equal(Math.round(stage.error), -1);
});

test('an answer that was quick an hour ago gives way to one of now', () => {
  const stage = machine(1_000_000);
  stage.ask(2, 2);
  stage.pass(3_600_000);
  stage.set(1_000_100);
  stage.ask(30, 30);
  stage.pass(10_000);
  assert.equal(Math.round(stage.error), 0);
});

test('a small error is made good without time ever standing still or running back', () => {
  const stage = machine(1_000_000);
  stage.ask(400, 0);
  stage.ask(2, 2);
  let before = stage.clock.now();
  for (let i = 0; i < 300; i++) {
    stage.pass(16);
    const now = stage.clock.now();
    assert.ok(now - before > 15 && now - before < 17);
    before = now;
  }
  assert.equal(Math.round(stage.error), 0);
});

test('a machine that has slept, and a server whose clock was set, are noticed by the first answer', () => {
  const stage = machine(1_000_000);
  stage.ask(2, 2);
  stage.set(1_000_000 + 3_600_000);
  stage.ask(50, 50);
  assert.equal(stage.error, 0);
  stage.set(1_000_000);
  stage.ask(200, 200);
  assert.equal(stage.error, 0);
});
