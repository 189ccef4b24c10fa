// A film file on the machine at the projector: chosen once, and stored by the browser for reloads.

const storeName = 'films';

/** Lets somebody at the machine choose the scene's film, and loads the one that was chosen before. Returns a function that releases it. */
export function initFilmChooser(sceneId: string, video: HTMLVideoElement, choose: HTMLElement): () => void {
  const input = choose.querySelector('input')!;
  const words = choose.querySelector<HTMLElement>('span')!;

  let isDisposed = false;
  const setFilm = (film: Blob) => {
    if (isDisposed) return;
    URL.revokeObjectURL(video.src);
    video.src = URL.createObjectURL(film);
    choose.toggleAttribute('data-kept', true);
    words.textContent = words.dataset.another!;
  };

  input.addEventListener('change', () => {
    const film = input.files?.[0];
    if (!film) return;
    setFilm(film);
    void saveFilm(sceneId, film);
    input.blur(); // so that the stage receives key presses again
  });
  void loadFilm(sceneId).then(film => film && setFilm(film));
  choose.hidden = false;
  return () => {
    isDisposed = true;
    URL.revokeObjectURL(video.src);
  };
}

const resultOf = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error);
});

async function open(mode: IDBTransactionMode): Promise<IDBObjectStore> {
  const request = indexedDB.open('stage', 1);
  request.onupgradeneeded = () => request.result.createObjectStore(storeName);
  return (await resultOf(request)).transaction(storeName, mode).objectStore(storeName);
}

async function loadFilm(sceneId: string): Promise<Blob | undefined> {
  try {
    return await resultOf<Blob | undefined>((await open('readonly')).get(sceneId));
  } catch {
    return undefined; // The browser stores nothing.
  }
}

/** Where it cannot be stored, the film lasts as long as the page. */
async function saveFilm(sceneId: string, film: Blob): Promise<void> {
  try {
    await navigator.storage?.persist?.();
    await resultOf((await open('readwrite')).put(film, sceneId));
  } catch {
    // As above.
  }
}
