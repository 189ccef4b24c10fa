/** Whether the page is visible and reduced motion is not preferred. */
export const mayMove = () => !document.hidden && !matchMedia('(prefers-reduced-motion: reduce)').matches;

const coverSelector = '.stage[data-large-code]:not([data-code="none"]), body:is([data-blank], [data-blank-here])';
/** Whether the large code or the blank screen covers the sea: nothing need be drawn. */
export const isCovered = () => document.querySelector(coverSelector) !== null;

export const clamp = (x: number, min = 0, max = 1) => Math.min(max, Math.max(min, x));
export const lerp = (from: number, to: number, p: number) => from + (to - from) * p;

/** Quick at first, slow at the end. */
export const easeOut = (p: number) => 1 - (1 - p) ** 4;
/** Slow at both ends. */
export const easeInOut = (p: number) => p < 0.5 ? 4 * p ** 3 : 1 - (2 - 2 * p) ** 3 / 2;
