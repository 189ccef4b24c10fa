import { lerp } from './motion';

export type Colour = [number, number, number];

/** The colours of the water, as the style sheet gives them for the scene and the theme. */
export interface WaterColours { back: Colour; top: Colour; deep: Colour; edge: Colour; drop: Colour }

export const toCss = (colour: Colour, alpha = 1) => `rgba(${colour.map(Math.round).join()},${alpha})`;
export const mixColours = (a: Colour, b: Colour, p: number) => a.map((part, i) => lerp(part, b[i]!, p)) as Colour;

/** Between two scenes' colours, for the transition. */
export const blendColours = (from: WaterColours, to: WaterColours, p: number): WaterColours => ({
  back: mixColours(from.back, to.back, p), top: mixColours(from.top, to.top, p), deep: mixColours(from.deep, to.deep, p),
  edge: mixColours(from.edge, to.edge, p), drop: mixColours(from.drop, to.drop, p),
});

/** Read from the custom properties of an element; each is a colour of six hexadecimal digits. */
export function readWaterColours(style: CSSStyleDeclaration): WaterColours {
  const colour = (name: string) => {
    const digits = style.getPropertyValue(name).trim().slice(1);
    return [0, 2, 4].map(at => parseInt(digits.slice(at, at + 2), 16)) as Colour;
  };
  return {
    back: colour('--sea-back'), top: colour('--sea-top'), deep: colour('--sea-deep'),
    edge: colour('--sea-edge'), drop: colour('--sea-drop'),
  };
}
