// Milliseconds between two frames of the sea: at rest, and while only drops, ripples and the ring round the code move. What fills the
// screen or falls is drawn in every animation frame.
export const idleInterval = 1000 / 7;
export const dropsInterval = 1000 / 20;

/**
 * While drops fall beside the code: three frames of the drops, then one of the water and the ring. Separately, because the browser repaints
 * the rectangle around all changes, which would reach from the highest drop to both ends of the water.
 */
export const partIntervals = [50, 50, 25, 25] as const;
export const waterPart = 3;
