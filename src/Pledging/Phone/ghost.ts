// The name in grey on the pad, to trace: as large as the pad allows, on one line or two, never cut off.

const spacing = 1.25; // of a line, in letter sizes
/** Of the pad's width and height. */
const [across, down] = [0.88, 0.6];

/** The lines of a name and the size of their letters, in pixels. */
export interface Layout { lines: string[]; size: number }

/** @param measure The width of a text, in letter sizes. */
export function layOut(name: string, width: number, height: number, measure: (text: string) => number): Layout {
  const sizeOf = (lines: string[]) => Math.min(...lines.map(line => width * across / Math.max(1, measure(line))),
    height * down / (spacing * lines.length));
  const [one, two] = [[name], halves(name, measure)];
  const lines = two.length > 1 && sizeOf(two) > sizeOf(one) ? two : one;
  return { lines, size: Math.floor(sizeOf(lines)) };
}

/** Broken after a dot or at a space where there is one, else between two letters; so that the longer half is as short as can be. */
function halves(name: string, measure: (text: string) => number): string[] {
  const letters = lettersOf(name);
  const at = (i: number) => [letters.slice(0, i).join('').trimEnd(), letters.slice(i).join('').trimStart()];
  const places = letters.map((_, i) => i).slice(1);
  const seams = places.filter(i => letters[i - 1] === '·' || letters[i - 1] === ' ');
  const breaks = (seams.length > 0 ? seams : /^\p{Script=Han}+$/u.test(name) ? places : []).map(at);
  const longer = (halves: string[]) => Math.max(...halves.map(measure));
  return breaks.length === 0 ? [name] : breaks.reduce((best, next) => longer(next) < longer(best) ? next : best);
}

/** A letter with its marks; phones from before 2021 part by code points, which Chinese letters are. */
function lettersOf(text: string): string[] {
  return typeof Intl.Segmenter === 'function' ? [...new Intl.Segmenter().segment(text)].map(({ segment }) => segment) : [...text];
}

/** The element with the name; hidden from screen readers, which read the pad's title. */
export function newGhost(): HTMLElement {
  const ghost = document.createElement('p');
  ghost.className = 'pad-name';
  ghost.setAttribute('aria-hidden', 'true');
  return ghost;
}

/** Writes the name on the pad, whose own width and height these are. */
export function showGhost(ghost: HTMLElement, name: string, width: number, height: number): void {
  const canvas = document.createElement('canvas').getContext('2d')!;
  canvas.font = `100px ${getComputedStyle(ghost).fontFamily}`;
  const { lines, size } = layOut(name, width, height, text => canvas.measureText(text).width / 100);
  ghost.style.fontSize = `${size}px`;
  ghost.replaceChildren(...lines.map(line => {
    const shown = document.createElement('span');
    shown.textContent = line;
    shown.dir = 'auto';
    return shown;
  }));
}
