/**
 * Whether the same request is to be sent again later: the server was slow, overloaded or away, or the line was so slow that the body did
 * not arrive in time (408).
 */
export const isTemporary = (status: number) => status === 408 || status === 429 || status >= 500;
