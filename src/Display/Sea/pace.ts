// Milliseconds from one picture of the sea to the next: at rest, and while only drops, ripples and the ring round the code move. What
// fills the screen or falls is drawn as often as the browser can.
export const atRest = 1000 / 7;
export const withDrops = 1000 / 20;

/**
 * While drops fall beside the code: three pictures of the drops, then one of the water and the ring. Apart, because the browser puts
 * together anew all that lies between what has changed, from the highest drop to both ends of the water.
 */
export const apart = [50, 50, 25, 25] as const;
export const ofWater = 3;
