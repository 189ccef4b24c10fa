// A film that lies on the machine at the projector: chosen once, and kept by the browser so that a reload brings it back.

const shelf = 'films';

/** Lets somebody at the machine choose the scene's film, and brings back the one that was chosen before. Answers what lets go of it. */
export function offerChoice(sceneId: string, video: HTMLVideoElement, choose: HTMLElement): () => void {
  const input = choose.querySelector('input')!;
  const words = choose.querySelector<HTMLElement>('span')!;

  let isGone = false;
  const put = (film: Blob) => {
    if (isGone) return;
    URL.revokeObjectURL(video.src);
    video.src = URL.createObjectURL(film);
    choose.toggleAttribute('data-kept', true);
    words.textContent = words.dataset.another!;
  };

  input.addEventListener('change', () => {
    const film = input.files?.[0];
    if (!film) return;
    put(film);
    void keep(sceneId, film);
    input.blur(); // so that the stage receives key presses again
  });
  void kept(sceneId).then(film => film && put(film));
  choose.hidden = false;
  return () => {
    isGone = true;
    URL.revokeObjectURL(video.src);
  };
}

const answer = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function open(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const request = indexedDB.open('stage', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(shelf);
  return (await answer(request)).transaction(shelf, mode).objectStore(shelf);
}

async function kept(sceneId: string): Promise<Blob | undefined> {
  try {
    return await answer<Blob | undefined>((await open('readonly')).get(sceneId));
  } catch {
    return undefined; // The browser keeps nothing.
  }
}

/** Where the browser has no room for it, the film lasts as long as the page. */
async function keep(sceneId: string, film: Blob): Promise<void> {
  try {
    await navigator.storage?.persist?.();
    await answer((await open('readwrite')).put(film, sceneId));
  } catch {
    // As above.
  }
}
