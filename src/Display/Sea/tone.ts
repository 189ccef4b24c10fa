import { mixed } from './motion';

export type Colour = [number, number, number];

/** The colours of the water, as the style sheet gives them for the scene and the theme. */
export interface Tone { back: Colour; top: Colour; deep: Colour; edge: Colour; drop: Colour }

export const css = (colour: Colour, alpha = 1) => `rgba(${colour.map(Math.round).join()},${alpha})`;
export const mix = (a: Colour, b: Colour, p: number) => a.map((part, i) => mixed(part, b[i]!, p)) as Colour;

/** As it is between two, when water passes over from one scene to the next. */
export const blend = (from: Tone, to: Tone, p: number): Tone => ({
  back: mix(from.back, to.back, p), top: mix(from.top, to.top, p), deep: mix(from.deep, to.deep, p),
  edge: mix(from.edge, to.edge, p), drop: mix(from.drop, to.drop, p),
});

/** Read from the custom properties of an element; each is a colour of six hexadecimal digits. */
export function toneOf(style: CSSStyleDeclaration): Tone {
  const colour = (name: string) => {
    const digits = style.getPropertyValue(name).trim().slice(1);
    return [0, 2, 4].map(at => parseInt(digits.slice(at, at + 2), 16)) as Colour;
  };
  return {
    back: colour('--sea-back'), top: colour('--sea-top'), deep: colour('--sea-deep'),
    edge: colour('--sea-edge'), drop: colour('--sea-drop'),
  };
}
