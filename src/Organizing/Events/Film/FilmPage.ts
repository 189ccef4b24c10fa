// Shows how far an upload is, and says beforehand what the server would only say after minutes. Without this the form
// is sent as any other.

function follow() {
  const form = document.querySelector<HTMLFormElement>('#upload');
  if (!form) return;
  const file = form.querySelector<HTMLInputElement>('[type=file]')!;
  const button = form.querySelector('button')!;
  const error = form.querySelector<HTMLElement>('.notice.error')!;
  const progress = form.querySelector<HTMLElement>('.upload-progress')!;
  const words = form.dataset as { maxMegabytes: string; tooLarge: string; sending: string; stored: string; broken: string };

  const refuse = (why: string) => {
    error.textContent = why;
    error.hidden = !why;
  };
  const tooLarge = () => (file.files?.[0]?.size ?? 0) > Number(words.maxMegabytes) * 1024 * 1024;
  const busy = (yes: boolean) => {
    button.disabled = file.disabled = yes;
    progress.hidden = !yes;
  };
  const say = (sentence: string) => {
    const said = progress.querySelector('span')!;
    if (said.textContent !== sentence) said.textContent = sentence;
  };

  file.addEventListener('change', () => refuse(tooLarge() ? words.tooLarge : ''));
  form.addEventListener('submit', event => {
    event.preventDefault();
    if (tooLarge()) return refuse(words.tooLarge);
    refuse('');
    const fields = new FormData(form);
    busy(true);
    const sending = new XMLHttpRequest(); // fetch does not tell how far it is
    sending.upload.onprogress = ({ loaded, total }) => {
      const percent = Math.floor(100 * loaded / total);
      progress.querySelector('progress')!.value = percent;
      say(loaded < total ? words.sending.replace('{0}', String(Math.floor(percent / 5) * 5)) : words.stored);
    };
    const fail = (why: string) => {
      busy(false);
      refuse(why);
    };
    // A proxy that refuses, or finds no server behind it, answers with a page of its own.
    sending.onload = () => {
      if (!put(new DOMParser().parseFromString(sending.responseText, 'text/html')))
        fail(sending.status === 413 ? words.tooLarge : words.broken);
    };
    sending.onerror = sending.onabort = () => fail(words.broken);
    sending.open('POST', form.action);
    sending.send(fields);
  });

  // Not every MP4 is one that browsers play; so it is tested when it is uploaded.
  const film = document.querySelector<HTMLVideoElement>('video.film');
  const unplayable = () => document.querySelector<HTMLElement>('#film-unplayable')!.hidden = false;
  if (film?.error) unplayable();
  film?.addEventListener('error', unplayable);
  film?.addEventListener('loadedmetadata', () => film.videoWidth === 0 && unplayable());
}

/** The server's answer is this page again: with the film, or with what was wrong. False where it is none of ours. */
function put(answer: Document): boolean {
  const main = answer.querySelector('main');
  if (!main) return false;
  document.querySelector('main')!.replaceWith(document.adoptNode(main));
  document.querySelector<HTMLElement>('main [autofocus]')?.focus();
  follow();
  return true;
}

follow();
