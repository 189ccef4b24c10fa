// A stage speaks to its hub over a WebSocket alone, without negotiation (src/Display/Stage/socket.ts), and has plain
// requests of its own for the time without one. What SignalR's client carries for other transports and for stateful reconnecting,
// which no hub here allows, is left out: a projector loads less by a tenth.
const unused =
  /signalr[\\/]dist[\\/]esm[\\/](LongPollingTransport|ServerSentEventsTransport|FetchHttpClient|XhrHttpClient|MessageBuffer)\.js$/;

export const webSocketsOnly = {
  name: 'webSocketsOnly',
  setup(build) {
    // The one method of these that a WebSocket asks for; in a browser it answers nothing.
    const body = "{ getCookieString() { return ''; } }";
    build.onLoad({ filter: unused }, ({ path }) => ({ contents: `export class ${unused.exec(path)[1]} ${body}` }));
  },
};
