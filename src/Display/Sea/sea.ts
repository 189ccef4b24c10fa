import { above, bandHeight, drawBand, lightsApart, paintBelow, type Lights } from './band';
import { Buoy, type Anchor, type RingAt } from './buoy';
import { Drops } from './drops';
import { isCovered, mayMove } from './motion';
import { Passing } from './passing';
import type { Canvas } from './paint';
import { apart, atRest, ofWater, withDrops } from './pace';
import { planOf, toneIn, type Plan } from './plan';
import { Water } from './water';
import { crossing, drawBack, Marks, Wave, type People } from './wave';

const levelTime = 900;
const stillAt = 4000; // the moment of the swell that stands where nothing may move

/**
 * The one sea of the stage. Its elements live as long as the page; scenes say by their style sheet how high it stands, and by
 * their script what happens in it. At rest only a strip round the surface is drawn, a few times a second; a canvas over the
 * whole picture is used while water passes over it.
 */
export class Sea {
  private readonly water = new Water();
  private readonly drops: Drops;
  private readonly buoy: Buoy;
  private readonly marks: Marks;
  private readonly face: string;
  private readonly band: Canvas;
  private readonly over: Canvas;
  private readonly resting: HTMLCanvasElement;
  private plan: Plan;
  private lights: Lights | null = null;
  private passing: Passing | null = null;
  private wave: Wave | null = null;
  private people: People | null = null;
  private frame = 0;
  private pictures = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param stage The page's main element, which holds `.sea`, `.buoy`, `.sea-drops` and `.sea-over`.
   * @param now The server's clock in milliseconds: two projectors show the same swell.
   * @param isStill A picture for the host: nothing moves in it.
   */
  constructor(private stage: HTMLElement, private readonly now: () => number, private readonly isStill = false) {
    this.band = stage.querySelector<HTMLCanvasElement>('.sea-band')!.getContext('2d')!;
    this.over = stage.querySelector<HTMLCanvasElement>('.sea-over')!.getContext('2d')!;
    this.resting = stage.querySelector<HTMLCanvasElement>('.sea-marks')!;
    this.drops = new Drops(this.water, stage.querySelector('.sea-drops')!, () => this.now(), () => this.wake());
    this.face = getComputedStyle(stage).fontFamily;
    this.buoy = new Buoy(this.water, stage.querySelector('.buoy')!);
    this.marks = new Marks(this.water, this.face);
    this.plan = planOf(stage);
    this.resize();
    this.water.rise(this.plan.level, 0, this.now());
    this.settle();
    addEventListener('resize', () => this.resize());
    matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', () => this.wake());
    document.addEventListener('visibilitychange', () => this.wake());
  }

  get moves(): boolean {
    return !this.isStill && mayMove();
  }

  /** The share of the height that it moves to. */
  get level(): number {
    return this.water.goal;
  }

  /** The page was written anew: the sea goes on in it. */
  moveTo(stage: HTMLElement) {
    for (const part of ['.sea', '.buoy', '.sea-drops', '.sea-over'])
      stage.querySelector(part)!.replaceWith(this.stage.querySelector(part)!);
    this.stage = stage;
  }

  /** Water passes over the screen, and the next scene is composed under it. @param kind Of the next scene. */
  pass(direction: 1 | -1, kind: string, compose: () => void) {
    this.passing?.finish();
    this.passing = null;
    if (!this.moves) return compose();
    this.passing = new Passing(this.water, direction, this.plan.tone, toneIn(kind), this.now(), compose);
    this.wake();
  }

  /** A scene has come on, or the theme has changed: level, swell and colours as its style sheet says. */
  settle() {
    this.plan = planOf(this.stage);
    this.water.swellGoal = this.plan.swell;
    this.lights = null;
    this.endWave();
    this.riseTo(this.plan.level);
    this.buoy.float(this.plan.anchor);
    this.paintBody();
    this.wake();
  }

  /** The theme has changed. */
  recolour() {
    this.plan = planOf(this.stage);
    this.paintBody();
    if (this.people) this.marks.arrange(this.over, this.people.groups, this.plan.level, this.plan.tone);
    if (this.people && !this.wave) this.restMarks();
    this.wake();
  }

  /** To a share of the height. */
  riseTo(level: number, time = levelTime, ease?: (p: number) => number) {
    if (level !== this.water.goal) this.water.rise(level, this.moves ? time : 0, this.now(), ease);
    this.wake();
  }

  /** To where the scene's style sheet has it. */
  riseToRest(time?: number, ease?: (p: number) => number) {
    this.riseTo(this.plan.level, time, ease);
  }

  /** How high the swell goes, 1 for its usual height. */
  calm(swell: number) {
    this.water.swellGoal = swell;
  }

  /** Lights on the horizon; a ring goes out from one that is newly lit. */
  light(count: number, lit: number) {
    const { unit, width } = this.water;
    if (this.moves && this.lights && lit > this.lights.lit) {
      const x = width / 2 + (lit - (count + 1) / 2) * lightsApart * unit;
      this.water.ripples.push({ x, at: this.now(), size: 0.8, speed: 16, width: 4, fade: 1, life: 3000 });
    }
    this.lights = { count, lit };
    this.wake();
  }

  /** So many families have come. @param clear Units of the width, around the middle, that no drop falls through. */
  drop(families: number, clear: number) {
    if (this.moves && !isCovered()) this.drops.arrive(families, clear);
  }

  /** The lifebuoy round the code, drawn with the water so that both need one picture. Whole where nothing is said. */
  showRing(ringAt?: RingAt) {
    this.buoy.showRing(ringAt);
    this.wake();
  }

  floatBuoy(anchor: Anchor) {
    this.buoy.float(anchor);
    this.wake();
  }

  hideBuoy() {
    this.buoy.hide();
  }

  /** The lifebuoy falls into the sea, which throws rings, and floats where the style sheet says. @param size In units. */
  dropBuoy(size: number, landed: () => void) {
    this.buoy.fall({ ...this.plan.anchor, size }, this.now(), () => {
      const { water } = this;
      const now = this.now();
      water.swell = 1.25;
      water.swellGoal = 1;
      water.ripples.push({ x: water.width / 2, at: now, size: 4.6, speed: 46, width: 9, fade: 1.1, life: 3600 });
      for (const side of [-1, 0, 1]) this.drops.splash(water.width / 2 + side * 5 * water.unit, 2.4, now);
      landed();
    });
    this.wake();
  }

  /** The wave of these people, begun at a moment of the server's clock; one that is over shows where it has left them. */
  roll(people: People, began: number, say: () => void) {
    this.people = people;
    const families = people.groups.reduce((sum, group) => sum + group.families, 0);
    this.marks.arrange(this.over, people.groups, this.plan.level, this.plan.tone);
    const elapsed = this.now() - began;
    if (!this.moves || elapsed > drawBack + 2000) {
      this.restMarks();
      say();
      return this.wake();
    }
    this.water.swellGoal = 0.5;
    this.riseTo(this.plan.level - 0.03);
    setTimeout(() => {
      if (this.people !== people) return;
      this.water.swellGoal = 1;
      this.riseTo(this.plan.level, 1600);
      this.wave = new Wave(this.water, this.marks, people.names, this.face, families, began + drawBack, this.plan.level, say);
      this.wake();
    }, Math.max(0, drawBack - elapsed));
    // Where no picture is drawn, as in a covered window, it is said all the same.
    setTimeout(() => {
      if (this.people === people) say();
    }, drawBack + crossing);
  }

  private endWave() {
    this.wave = this.people = null;
    this.water.crest = null;
    this.resting.toggleAttribute('data-shown', false);
  }

  private restMarks() {
    const { width, height } = this.water;
    this.resting.width = width;
    this.resting.height = Math.round(height * this.plan.level);
    this.resting.toggleAttribute('data-shown', true);
    const canvas = this.resting.getContext('2d')!;
    this.marks.drawAtRest(canvas, 0, this.plan.level, this.plan.tone);
  }

  private resize() {
    const { water } = this;
    [water.width, water.height] = [innerWidth, innerHeight];
    water.unit = Math.min(innerHeight / 100, innerWidth * 0.0075);
    this.band.canvas.width = innerWidth;
    this.band.canvas.height = Math.round(bandHeight * water.unit);
    this.band.canvas.style.top = `${-Math.round(above * water.unit)}px`;
    this.over.canvas.width = innerWidth;
    this.over.canvas.height = innerHeight;
    this.paintBody();
    if (this.people && !this.wave) {
      this.marks.arrange(this.over, this.people.groups, this.plan.level, this.plan.tone);
      this.restMarks();
    }
    this.wake();
  }

  private paintBody() {
    paintBelow(this.stage.querySelector('.sea-body')!, this.plan.tone, this.water.unit);
  }

  private get isBusy(): boolean {
    return this.water.isMoving || this.drops.active || this.passing !== null || this.wave !== null || this.buoy.isMoving(this.now());
  }

  /** Drops, ripples and the ring do with fewer pictures than what fills the screen or falls. */
  private get needsFewPictures(): boolean {
    return !this.passing && !this.wave && (this.drops.active || this.water.ripples.length > 0 || this.buoy.isRing);
  }

  /** Which of the pictures `apart` comes now; null where water and drops are drawn together. */
  private nextPart(): number | null {
    return this.needsFewPictures && this.buoy.isRing && this.drops.count > 0 ? this.pictures++ % apart.length : null;
  }

  private wake() {
    if (this.frame || this.timer !== undefined && this.drops.count > 1 && !this.passing && !this.wave) return;
    this.schedule(null);
  }

  /** The next picture in so many milliseconds, or with the browser's next; one that was waited for is not drawn beside it. */
  private schedule(wait: number | null) {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    [this.frame, this.timer] = [0, undefined];
    if (wait === null) this.frame = requestAnimationFrame(() => this.draw());
    else this.timer = setTimeout(() => this.draw(), wait);
  }

  /**
   * Draws at once, in one picture with what the scene has just moved, and not by itself for so long, in milliseconds: two pictures at
   * two moments cost twice as much.
   */
  drawWith(rest: number) {
    if (!this.frame && !this.isBusy && this.moves) this.draw(rest);
  }

  private draw(rest = atRest) {
    clearTimeout(this.timer);
    [this.frame, this.timer] = [0, undefined];
    const { water } = this;
    const now = this.now();
    water.step(now);
    if (isCovered() && !this.drops.active && !this.passing && !this.wave) return this.schedule(atRest);
    const swell = this.moves ? now : stillAt;
    const isBusy = this.isBusy;
    const part = this.nextPart();
    if (part === null || part === ofWater) {
      this.stage.querySelector<HTMLElement>('.sea')!.style.transform = `translateY(${Math.round(water.base)}px)`;
      drawBand(this.band, water, this.plan.tone, this.lights, swell);
      this.buoy.place(now, swell, isBusy || !this.moves);
    }
    if (part !== ofWater) this.drops.move(now);
    this.drawOver(now);
    if (!this.moves && !isBusy) return;
    this.schedule(!this.isBusy ? rest : part !== null ? apart[part]! : this.needsFewPictures ? withDrops : null);
  }

  private drawOver(now: number) {
    const { over, water } = this;
    const { tone } = this.plan;
    const isUsed = this.passing !== null || this.wave !== null;
    over.canvas.toggleAttribute('data-shown', isUsed);
    if (!isUsed) return;
    over.clearRect(0, 0, water.width, water.height);
    if (this.wave && !this.wave.draw(over, tone, now)) {
      this.wave = null;
      this.restMarks();
    }
    if (this.passing && !this.passing.draw(over, now)) this.passing = null;
  }
}
