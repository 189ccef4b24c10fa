import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';
import { loadCertificate } from './certificate';

const { fetch } = globalThis;
afterEach(() => Object.assign(globalThis, { fetch, document: undefined }));

for (const loading of ['eager', 'lazy'])
  test(`an image (${loading}) that failed before the script ran is requested until it comes, and says so`, async () => {
    const { figure, image, message } = certificate(loading);
    const answers = [503, 200];
    Object.assign(globalThis, { document: { visibilityState: 'visible' }, fetch: async () => answer(answers.shift()!) });

    loadCertificate(figure);
    image.onerror?.(); // a browser tells it of a lazy image that is requested again
    assert.equal(message.textContent, 'coming');
    await until(() => message.textContent === 'later 0.01');
    await until(() => image.requests > (loading === 'lazy' ? 1 : 0));

    assert.equal(answers.length, 0);
    assert.equal(image.loading, 'eager'); // hidden and lazy it would never be loaded
    image.onload!();
    assert.deepEqual([image.hidden, message.textContent, message.hidden], [false, '', true]);
  });

test('where the phone was handed to somebody else the image is requested no more', async () => {
  const { figure, image } = certificate('eager');
  let requests = 0;
  Object.assign(globalThis, { document: { visibilityState: 'visible' }, fetch: async () => (requests++, answer(503)) });

  loadCertificate(figure);
  await until(() => requests === 1);
  image.address = '';
  const before = image.requests;
  await new Promise(resolve => setTimeout(resolve, 50));

  assert.deepEqual([requests, image.requests], [1, before]);
});

function answer(status: number): Response {
  return new Response('', { status, headers: status === 503 ? { 'Retry-After': '0.01' } : {} });
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds())
    await new Promise(resolve => setTimeout(resolve, 1));
}

/** As much of a certificate as the script knows; its image failed. */
function certificate(loading: string) {
  const image = {
    complete: true, naturalWidth: 0, loading, hidden: false, requests: 0, address: '/certificate.png',
    onload: null as (() => void) | null, onerror: null as (() => void) | null,
    get src() { return this.address; },
    set src(address: string) {
      this.address = address;
      this.requests++;
    },
  };
  const message = { textContent: 'missing', hidden: true, dataset: { coming: 'coming', later: 'later {0}' } };
  const parts: Record<string, object> = { 'img': image, 'figcaption': { hidden: false }, '[data-coming]': message };
  const figure = { isConnected: true, querySelector: (selector: string) => parts[selector] } as unknown as HTMLElement;
  return { figure, image, message };
}
