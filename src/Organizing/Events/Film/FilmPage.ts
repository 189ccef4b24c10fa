// Shows the progress of an upload, and refuses a file that is too large before it is sent. Without a script the form is sent as any other.

function initUpload() {
  const form = document.querySelector<HTMLFormElement>('#upload');
  if (!form) return;
  const file = form.querySelector<HTMLInputElement>('[type=file]')!;
  const button = form.querySelector('button')!;
  const error = form.querySelector<HTMLElement>('.notice.error')!;
  const progress = form.querySelector<HTMLElement>('.upload-progress')!;
  const words = form.dataset as { maxMegabytes: string; tooLarge: string; sending: string; stored: string; broken: string };

  const showError = (text: string) => {
    error.textContent = text;
    error.hidden = !text;
  };
  const isTooLarge = () => (file.files?.[0]?.size ?? 0) > Number(words.maxMegabytes) * 1024 * 1024;
  const setBusy = (isBusy: boolean) => {
    button.disabled = file.disabled = isBusy;
    progress.hidden = !isBusy;
  };
  const showProgress = (text: string) => {
    const status = progress.querySelector('span')!;
    if (status.textContent !== text) status.textContent = text;
  };

  file.addEventListener('change', () => showError(isTooLarge() ? words.tooLarge : ''));
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (isTooLarge()) return showError(words.tooLarge);
    showError('');
    const fields = new FormData(form);
    setBusy(true);
    const request = new XMLHttpRequest(); // fetch has no upload progress
    request.upload.onprogress = ({ loaded, total }) => {
      const percent = Math.floor(100 * loaded / total);
      progress.querySelector('progress')!.value = percent;
      showProgress(loaded < total ? words.sending.replace('{0}', String(Math.floor(percent / 5) * 5)) : words.stored);
    };
    const fail = (why: string) => {
      setBusy(false);
      showError(why);
    };
    // A proxy that refuses, or finds no server behind it, answers with a page of its own.
    request.onload = () => {
      if (!replaceMain(new DOMParser().parseFromString(request.responseText, 'text/html')))
        fail(request.status === 413 ? words.tooLarge : words.broken);
    };
    request.onerror = request.onabort = () => fail(words.broken);
    request.open('POST', form.action);
    request.send(fields);
  });

  // Browsers do not play every MP4: tested when it was uploaded.
  const film = document.querySelector<HTMLVideoElement>('video.film');
  const showUnplayable = () => document.querySelector<HTMLElement>('#film-unplayable')!.hidden = false;
  if (film?.error) showUnplayable();
  film?.addEventListener('error', showUnplayable);
  film?.addEventListener('loadedmetadata', () => film.videoWidth === 0 && showUnplayable());
}

/** The server's answer is this page again, with the film or an error. False where it is another page. */
function replaceMain(answer: Document): boolean {
  const main = answer.querySelector('main');
  if (!main) return false;
  document.querySelector('main')!.replaceWith(document.adoptNode(main));
  document.querySelector<HTMLElement>('main [autofocus]')?.focus();
  initUpload();
  return true;
}

initUpload();
