import { clamp, easeInOut } from './motion';
import { depth, fill, stroke, teardrop, type Canvas } from './paint';
import { fitLabels, type PlacedLabels } from './labels';
import { layOut, type Group, type Layout } from './marks';
import { mixColours, toCss, type Colour, type WaterColours } from './colours';
import { crestHeight, type Crest, type Water } from './water';

/** Milliseconds: the sea draws back, then the crest crosses the screen. */
export const drawBackTime = 900;
export const crossingTime = 8000;
/** The share of the crossing after which the sentence is shown. */
const saidAt = 0.66;
const lean = 0.3;
const lineHeight = 4.6; // units, of the classes' names
const brightColour: Colour = [60, 170, 182];

/** Whom the wave is for. */
export interface People {
  groups: Group[];
  /** A function: a name that is withdrawn while the wave rolls is no longer drawn. */
  names(): string[];
}

interface Sprite { image: HTMLCanvasElement; half: number }

/** A mark for each family, a large and a small drop, in the part of the width that its class has. */
export class Marks {
  private layout: Layout = { marks: [], labels: [], radius: 1 };
  private labels: PlacedLabels = { placed: [], rows: 0, lines: 0 };
  private sprites: [calm: Sprite, lifted: Sprite] | null = null;

  constructor(private readonly water: Water, private readonly face: string) {}

  /** @param goal The level of the sea at rest, a share of the height. */
  arrange(canvas: Canvas, groups: Group[], goal: number, colours: WaterColours) {
    const { width, height, unit } = this.water;
    // The places of the names do not depend on the depth of the marks, so they are computed first; the marks get the rest of the depth.
    const area = { left: 5 * unit, width: width - 10 * unit, top: 4.6 * unit, depth: 1, unit };
    canvas.font = this.font;
    this.labels = fitLabels(layOut(groups, area).labels, name => canvas.measureText(name).width, width, 1.4 * unit);
    const below = 3.9 + lineHeight * Math.max(1, this.labels.rows * this.labels.lines);
    this.layout = layOut(groups, { ...area, depth: goal * height - (4.6 + below) * unit });
    this.sprites = [this.drawSprite(toCss(colours.edge, 0.9)), this.drawSprite('#fff')];
  }

  /** Draws them at rest; the base line is the surface. */
  drawAtRest(canvas: Canvas, base: number, goal: number, colours: WaterColours) {
    for (const { x, depth: below } of this.layout.marks) this.drawMark(canvas, x, base + below, 1, 1);
    this.drawLabels(canvas, base + goal * this.water.height, () => 1, colours);
  }

  /** Draws them faded in and lifted by the crest. */
  drawUnder(canvas: Canvas, crest: Crest, base: number, goal: number, colours: WaterColours) {
    const { width, unit } = this.water;
    for (const { x, depth: below } of this.layout.marks) {
      const distancePast = crest.x + 0.06 * width - x;
      if (distancePast < 0) continue;
      const seen = clamp(distancePast / (0.07 * width));
      const heightShare = crestHeight(x, width, crest) / crest.height;
      const lift = crest.height * heightShare * Math.exp(-below / (60 * unit));
      this.drawMark(canvas, x + lean * lift, base + below - lift, 0.5 + 0.5 * seen + 0.55 * heightShare * seen, seen);
    }
    this.drawLabels(canvas, base + goal * this.water.height, x => clamp((crest.x - x) / (0.08 * width)), colours);
  }

  private get font() {
    return `700 ${3.7 * this.water.unit}px ${this.face}`;
  }

  private drawMark(canvas: Canvas, x: number, y: number, size: number, seen: number) {
    const { image, half } = this.sprites![size > 1.12 ? 1 : 0];
    canvas.globalAlpha = seen;
    if (Math.abs(size - 1) < 0.02) canvas.drawImage(image, Math.round(x - half), Math.round(y - half)); // whole pixels need no smoothing
    else canvas.drawImage(image, x - half * size, y - half * size, 2 * half * size, 2 * half * size);
    canvas.globalAlpha = 1;
  }

  private drawLabels(canvas: Canvas, floor: number, seen: (x: number) => number, colours: WaterColours) {
    canvas.textAlign = 'center';
    canvas.font = this.font;
    canvas.fillStyle = toCss(colours.edge);
    const { placed, lines: high } = this.labels;
    for (const { lines, x, row } of placed) {
      canvas.globalAlpha = seen(x);
      if (canvas.globalAlpha === 0) continue;
      const above = 2.4 + lineHeight * (row * high + high - 1); // units from the floor to the first line
      lines.forEach((line, i) => canvas.fillText(line, x, floor - (above - lineHeight * i) * this.water.unit));
    }
    canvas.globalAlpha = 1;
  }

  private drawSprite(colour: string): Sprite {
    const { radius } = this.layout;
    const image = document.createElement('canvas');
    image.width = image.height = Math.ceil(radius * 5.2);
    const [canvas, half] = [image.getContext('2d')!, image.width / 2];
    canvas.fillStyle = colour;
    canvas.beginPath();
    teardrop(canvas, half - radius * 0.78, half + radius * 0.4, radius);
    canvas.fill();
    canvas.beginPath();
    teardrop(canvas, half + radius * 1.06, half + radius * 0.78, radius * 0.62);
    canvas.fill();
    return { image, half };
  }
}

/** The crest that crosses the screen; its height grows with the number of families. */
export class Wave {
  private readonly crest: Crest;
  private isSaid = false;

  constructor(
    private readonly water: Water, private readonly marks: Marks, private readonly names: () => string[], private readonly face: string,
    families: number, private readonly began: number, private readonly goal: number, private readonly onSaid: () => void,
  ) {
    const { width, unit } = water;
    const large = clamp(Math.log(Math.max(1, families) / 20) / Math.log(50));
    this.crest = {
      x: -width, height: (27 + 11 * large) * unit, front: 0.15 * width, behind: 0.25 * width, power: 1.6, direction: 1, followers: true,
    };
    water.crest = this.crest;
  }

  /** False once it has crossed. */
  draw(canvas: Canvas, colours: WaterColours, now: number): boolean {
    const { water, crest } = this;
    const { width, height, unit, base } = water;
    const p = clamp((now - this.began) / crossingTime);
    crest.x = -0.4 * width + 2.6 * width * (p * 0.85 + easeInOut(p) * 0.15);
    const stretch = { width, step: 10, base, lean: lean };
    const behind = { ...crest, x: crest.x - 0.035 * width, height: crest.height * 1.06 };
    fill(canvas, x => water.swellAt(x, now, true) + crestHeight(x, width, behind), stretch, height, toCss(colours.back));
    const surface = (x: number) => water.surfaceAt(x, now);
    fill(canvas, surface, stretch, height, this.fillOf(canvas, base, unit, colours));
    stroke(canvas, surface, stretch, 0.5 * unit, toCss(colours.edge, 0.75));
    const foam = this.foamOf(canvas);
    stroke(canvas, surface, { ...stretch, step: 8 }, 1.2 * unit, foam);
    canvas.globalAlpha = 0.3;
    stroke(canvas, x => surface(x) * 0.86 - 3.6 * unit, stretch, 0.6 * unit, foam);
    stroke(canvas, x => surface(x) * 0.7 - 8 * unit, stretch, 0.5 * unit, foam);
    canvas.globalAlpha = 1;
    this.marks.drawUnder(canvas, crest, base, this.goal, colours);
    this.drawRidingNames(canvas, surface, base);
    if (p > saidAt && !this.isSaid) {
      this.isSaid = true;
      this.onSaid();
    }
    if (p === 1) water.crest = null;
    return p < 1;
  }

  private fillOf(canvas: Canvas, base: number, unit: number, colours: WaterColours): CanvasGradient {
    const { height } = this.crest;
    const gradient = canvas.createLinearGradient(0, base - height, 0, base + depth * unit);
    const level = height / (height + depth * unit);
    gradient.addColorStop(0, toCss(mixColours(colours.top, brightColour, 0.55)));
    gradient.addColorStop(level * 0.45, toCss(colours.top));
    gradient.addColorStop(level, toCss(colours.top));
    gradient.addColorStop(1, toCss(colours.deep));
    return gradient;
  }

  private foamOf(canvas: Canvas): CanvasGradient {
    const { x, behind, front, height } = this.crest;
    const gradient = canvas.createLinearGradient(x - behind * 1.2, 0, x + front * 1.6 + lean * height, 0);
    gradient.addColorStop(0, 'rgba(255,255,255,0)');
    gradient.addColorStop(0.55, 'rgba(255,255,255,.95)');
    gradient.addColorStop(0.75, 'rgba(255,255,255,.9)');
    gradient.addColorStop(1, 'rgba(255,255,255,0)');
    return gradient;
  }

  /** Masked names that the host has approved, before the crest. */
  private drawRidingNames(canvas: Canvas, surface: (x: number) => number, base: number) {
    const { width, unit } = this.water;
    const shown = this.names().slice(0, 9);
    canvas.font = `700 ${4.2 * unit}px ${this.face}`;
    canvas.textAlign = 'center';
    canvas.fillStyle = getComputedStyle(canvas.canvas).color;
    shown.forEach((name, i) => {
      const x = width * (0.1 + 0.8 * (i + 0.5) / shown.length);
      const past = (this.crest.x - x) / width;
      const seen = clamp((past + 0.09) / 0.05) * (1 - clamp((past - 0.12) / 0.1));
      if (seen <= 0) return;
      canvas.globalAlpha = seen;
      const high = surface(x);
      canvas.fillText(name, x + lean * high, base - high - (2.6 + 1.5 * (1 - seen)) * unit);
    });
    canvas.globalAlpha = 1;
  }
}
