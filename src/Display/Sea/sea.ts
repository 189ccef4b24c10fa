import { bandAbove, bandHeight, drawBand, lightSpacing, paintBody, type Lights } from './band';
import { Buoy, type Anchor, type RingAt } from './buoy';
import { Drops } from './drops';
import { isCovered, mayMove } from './motion';
import { WaterTransition } from './water-transition';
import type { Canvas } from './paint';
import { dropsInterval, idleInterval, partIntervals, waterPart } from './frame-intervals';
import { readSceneStyle, waterColoursOf, type SceneStyle } from './scene-style';
import { Water } from './water';
import { crossingTime, drawBackTime, Marks, Wave, type People } from './wave';

const levelDuration = 900;
const frozenTime = 4000; // the moment of the swell that is drawn where nothing may move

/**
 * The sea of the stage, in elements that live as long as the page. Scenes set its level and colours in their style sheets, and call it from
 * their scripts. At rest only a strip round the surface is drawn, a few times a second; a canvas over the whole screen is used for
 * transitions and the wave.
 */
export class Sea {
  private readonly water = new Water();
  private readonly drops: Drops;
  private readonly buoy: Buoy;
  private readonly marks: Marks;
  private readonly fontFamily: string;
  private readonly band: Canvas;
  private readonly overlay: Canvas;
  private readonly restingMarks: HTMLCanvasElement;
  private sceneStyle: SceneStyle;
  private lights: Lights | null = null;
  private transition: WaterTransition | null = null;
  private wave: Wave | null = null;
  private people: People | null = null;
  private frame = 0;
  private frameCount = 0;
  private timer: ReturnType<typeof setTimeout> | undefined;

  /**
   * @param stage The page's main element, which holds `.sea`, `.buoy`, `.sea-drops` and `.sea-over`.
   * @param now The server's clock in milliseconds, so that all projectors show the same swell.
   * @param isStill For the host's small frame: nothing moves.
   */
  constructor(private stage: HTMLElement, private readonly now: () => number, private readonly isStill = false) {
    this.band = stage.querySelector<HTMLCanvasElement>('.sea-band')!.getContext('2d')!;
    this.overlay = stage.querySelector<HTMLCanvasElement>('.sea-over')!.getContext('2d')!;
    this.restingMarks = stage.querySelector<HTMLCanvasElement>('.sea-marks')!;
    this.drops = new Drops(this.water, stage.querySelector('.sea-drops')!, () => this.now(), () => this.requestFrame());
    this.fontFamily = getComputedStyle(stage).fontFamily;
    this.buoy = new Buoy(this.water, stage.querySelector('.buoy')!);
    this.marks = new Marks(this.water, this.fontFamily);
    this.sceneStyle = readSceneStyle(stage);
    this.resize();
    this.water.rise(this.sceneStyle.level, 0, this.now());
    this.applySceneStyle();
    addEventListener('resize', () => this.resize());
    matchMedia('(prefers-reduced-motion: reduce)').addEventListener('change', () => this.requestFrame());
    document.addEventListener('visibilitychange', () => this.requestFrame());
  }

  get isAnimated(): boolean {
    return !this.isStill && mayMove();
  }

  /** The target level, as a share of the height. */
  get level(): number {
    return this.water.targetLevel;
  }

  /** Moves the elements into a new main element, after the page was fetched again. */
  moveTo(stage: HTMLElement) {
    for (const part of ['.sea', '.buoy', '.sea-drops', '.sea-over'])
      stage.querySelector(part)!.replaceWith(this.stage.querySelector(part)!);
    this.stage = stage;
  }

  /** The transition to another scene: `compose` is called when water covers the screen. @param kind Of the next scene. */
  pass(direction: 1 | -1, kind: string, compose: () => void) {
    this.transition?.finish();
    this.transition = null;
    if (!this.isAnimated) return compose();
    this.transition = new WaterTransition(this.water, direction, this.sceneStyle.colours, waterColoursOf(kind), this.now(), compose);
    this.requestFrame();
  }

  /** Applies the level, swell and colours of the scene on stage, and ends the wave. */
  applySceneStyle() {
    this.sceneStyle = readSceneStyle(this.stage);
    this.water.targetSwell = this.sceneStyle.swell;
    this.lights = null;
    this.endWave();
    this.riseTo(this.sceneStyle.level);
    this.buoy.float(this.sceneStyle.anchor);
    this.paintBody();
    this.requestFrame();
  }

  /** Reads the colours again after a change of the theme. */
  recolour() {
    this.sceneStyle = readSceneStyle(this.stage);
    this.paintBody();
    if (this.people) this.marks.arrange(this.overlay, this.people.groups, this.sceneStyle.level, this.sceneStyle.colours);
    if (this.people && !this.wave) this.drawRestingMarks();
    this.requestFrame();
  }

  /** Moves the level to a share of the height. */
  riseTo(level: number, time = levelDuration, ease?: (p: number) => number) {
    if (level !== this.water.targetLevel) this.water.rise(level, this.isAnimated ? time : 0, this.now(), ease);
    this.requestFrame();
  }

  /** Moves the level to that of the scene's style sheet. */
  riseToRest(time?: number, ease?: (p: number) => number) {
    this.riseTo(this.sceneStyle.level, time, ease);
  }

  /** Sets the height of the swell, 1 for the usual. */
  calm(swell: number) {
    this.water.targetSwell = swell;
  }

  /** Shows lights on the horizon, with a ripple from one that is newly lit. */
  light(count: number, lit: number) {
    const { unit, width } = this.water;
    if (this.isAnimated && this.lights && lit > this.lights.lit) {
      const x = width / 2 + (lit - (count + 1) / 2) * lightSpacing * unit;
      this.water.ripples.push({ x, at: this.now(), size: 0.8, speed: 16, width: 4, fade: 1, life: 3000 });
    }
    this.lights = { count, lit };
    this.requestFrame();
  }

  /** Lets drops fall for so many families. @param clearWidth Units of the width, around the middle, that no drop falls through. */
  drop(families: number, clearWidth: number) {
    if (this.isAnimated && !isCovered()) this.drops.arrive(families, clearWidth);
  }

  /** Shows the lifebuoy as a ring round the code, drawn in the same frames as the water; the whole ring without `ringAt`. */
  showRing(ringAt?: RingAt) {
    this.buoy.showRing(ringAt);
    this.requestFrame();
  }

  floatBuoy(anchor: Anchor) {
    this.buoy.float(anchor);
    this.requestFrame();
  }

  hideBuoy() {
    this.buoy.hide();
  }

  /** Lets the lifebuoy fall into the sea with ripples, and float where the style sheet says. @param size In units. */
  dropBuoy(size: number, onLanded: () => void) {
    this.buoy.fall({ ...this.sceneStyle.anchor, size }, this.now(), () => {
      const { water } = this;
      const now = this.now();
      water.swell = 1.25;
      water.targetSwell = 1;
      water.ripples.push({ x: water.width / 2, at: now, size: 4.6, speed: 46, width: 9, fade: 1.1, life: 3600 });
      for (const side of [-1, 0, 1]) this.drops.splash(water.width / 2 + side * 5 * water.unit, 2.4, now);
      onLanded();
    });
    this.requestFrame();
  }

  /** Rolls the wave of these people, from `began` by the server's clock; a wave that is over shows the marks at rest. */
  roll(people: People, began: number, onSaid: () => void) {
    this.people = people;
    const families = people.groups.reduce((sum, group) => sum + group.families, 0);
    this.marks.arrange(this.overlay, people.groups, this.sceneStyle.level, this.sceneStyle.colours);
    const elapsed = this.now() - began;
    if (!this.isAnimated || elapsed > drawBackTime + 2000) {
      this.drawRestingMarks();
      onSaid();
      return this.requestFrame();
    }
    this.water.targetSwell = 0.5;
    this.riseTo(this.sceneStyle.level - 0.03);
    setTimeout(() => {
      if (this.people !== people) return;
      this.water.targetSwell = 1;
      this.riseTo(this.sceneStyle.level, 1600);
      this.wave = new Wave(
        this.water, this.marks, people.names, this.fontFamily, families, began + drawBackTime, this.sceneStyle.level, onSaid);
      this.requestFrame();
    }, Math.max(0, drawBackTime - elapsed));
    // Also where no frames are drawn, as in a covered window.
    setTimeout(() => {
      if (this.people === people) onSaid();
    }, drawBackTime + crossingTime);
  }

  private endWave() {
    this.wave = this.people = null;
    this.water.crest = null;
    this.restingMarks.toggleAttribute('data-shown', false);
  }

  private drawRestingMarks() {
    const { width, height } = this.water;
    this.restingMarks.width = width;
    this.restingMarks.height = Math.round(height * this.sceneStyle.level);
    this.restingMarks.toggleAttribute('data-shown', true);
    const canvas = this.restingMarks.getContext('2d')!;
    this.marks.drawAtRest(canvas, 0, this.sceneStyle.level, this.sceneStyle.colours);
  }

  private resize() {
    const { water } = this;
    [water.width, water.height] = [innerWidth, innerHeight];
    water.unit = Math.min(innerHeight / 100, innerWidth * 0.0075);
    this.band.canvas.width = innerWidth;
    this.band.canvas.height = Math.round(bandHeight * water.unit);
    this.band.canvas.style.top = `${-Math.round(bandAbove * water.unit)}px`;
    this.overlay.canvas.width = innerWidth;
    this.overlay.canvas.height = innerHeight;
    this.paintBody();
    if (this.people && !this.wave) {
      this.marks.arrange(this.overlay, this.people.groups, this.sceneStyle.level, this.sceneStyle.colours);
      this.drawRestingMarks();
    }
    this.requestFrame();
  }

  private paintBody() {
    paintBody(this.stage.querySelector('.sea-body')!, this.sceneStyle.colours, this.water.unit);
  }

  private get isBusy(): boolean {
    return this.water.isMoving || this.drops.active || this.transition !== null || this.wave !== null || this.buoy.isMoving(this.now());
  }

  /** Drops, ripples and the ring need fewer frames than what fills the screen or falls. */
  private get hasLowFrameRate(): boolean {
    return !this.transition && !this.wave && (this.drops.active || this.water.ripples.length > 0 || this.buoy.isRing);
  }

  /** The index in `partIntervals` of this frame; null where water and drops are drawn together. */
  private nextPart(): number | null {
    return this.hasLowFrameRate && this.buoy.isRing && this.drops.count > 0 ? this.frameCount++ % partIntervals.length : null;
  }

  private requestFrame() {
    if (this.frame || this.timer !== undefined && this.drops.count > 1 && !this.transition && !this.wave) return;
    this.scheduleFrame(null);
  }

  /** Schedules the next frame in so many milliseconds, or as the next animation frame; replaces one that was scheduled. */
  private scheduleFrame(interval: number | null) {
    clearTimeout(this.timer);
    cancelAnimationFrame(this.frame);
    [this.frame, this.timer] = [0, undefined];
    if (interval === null) this.frame = requestAnimationFrame(() => this.draw());
    else this.timer = setTimeout(() => this.draw(), interval);
  }

  /**
   * Draws at once, in the same frame as what the scene has just moved, and schedules the next frame in so many milliseconds: two frames at
   * two moments cost twice as much.
   */
  drawNow(nextInterval: number) {
    if (!this.frame && !this.isBusy && this.isAnimated) this.draw(nextInterval);
  }

  private draw(nextInterval = idleInterval) {
    clearTimeout(this.timer);
    [this.frame, this.timer] = [0, undefined];
    const { water } = this;
    const now = this.now();
    water.step(now);
    if (isCovered() && !this.drops.active && !this.transition && !this.wave) return this.scheduleFrame(idleInterval);
    const swell = this.isAnimated ? now : frozenTime;
    const isBusy = this.isBusy;
    const part = this.nextPart();
    if (part === null || part === waterPart) {
      this.stage.querySelector<HTMLElement>('.sea')!.style.transform = `translateY(${Math.round(water.base)}px)`;
      drawBand(this.band, water, this.sceneStyle.colours, this.lights, swell);
      this.buoy.place(now, swell, isBusy || !this.isAnimated);
    }
    if (part !== waterPart) this.drops.move(now);
    this.drawOver(now);
    if (!this.isAnimated && !isBusy) return;
    this.scheduleFrame(!this.isBusy ? nextInterval : part !== null ? partIntervals[part]! : this.hasLowFrameRate ? dropsInterval : null);
  }

  private drawOver(now: number) {
    const { overlay: over, water } = this;
    const { colours } = this.sceneStyle;
    const isUsed = this.transition !== null || this.wave !== null;
    over.canvas.toggleAttribute('data-shown', isUsed);
    if (!isUsed) return;
    over.clearRect(0, 0, water.width, water.height);
    if (this.wave && !this.wave.draw(over, colours, now)) {
      this.wave = null;
      this.drawRestingMarks();
    }
    if (this.transition && !this.transition.draw(over, now)) this.transition = null;
  }
}
