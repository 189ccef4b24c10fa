// Reads a pledge aloud with the browser's own voice, clause by clause, where it has one of the text's language.

let stop = () => {};

/** Shows the buttons of the texts that can be read; voices may come late. */
export function offerReading(texts: HTMLElement): void {
  if (!('speechSynthesis' in window))
    return;
  const buttons = [...texts.querySelectorAll<HTMLButtonElement>('.read')];
  const offer = () => buttons.forEach(button => button.hidden = !voiceFor(languageOf(button)));
  speechSynthesis.onvoiceschanged = offer;
  offer();
  for (const button of buttons)
    button.addEventListener('click', () => button.classList.contains('stop') ? stop() : read(button));
  addEventListener('hashchange', () => stop());
  addEventListener('pagehide', () => stop());
  document.addEventListener('visibilitychange', () => document.hidden && stop());
}

function read(button: HTMLButtonElement): void {
  stop();
  const [language, voice] = [languageOf(button), voiceFor(languageOf(button))!];
  const parts = [...wordingOf(button).querySelectorAll('h2, li, p')];
  const says = parts.map((part, i) => {
    const said = new SpeechSynthesisUtterance(part.textContent!);
    [said.lang, said.voice] = [language, voice];
    said.onstart = () => part.classList.add('read-now');
    said.onend = () => i === parts.length - 1 ? stop() : part.classList.remove('read-now');
    said.onerror = () => stop();
    return said;
  });
  show(button, true);
  stop = () => {
    stop = () => {};
    for (const said of says)
      said.onstart = said.onend = said.onerror = null;
    speechSynthesis.cancel();
    parts.forEach(part => part.classList.remove('read-now'));
    show(button, false);
  };
  says.forEach(said => speechSynthesis.speak(said));
}

function show(button: HTMLButtonElement, reading: boolean): void {
  button.classList.toggle('stop', reading);
  button.textContent = reading ? button.dataset.stop! : button.dataset.read!;
}

function wordingOf(button: HTMLElement): HTMLElement {
  return button.parentElement!.querySelector<HTMLElement>('.wording')!;
}

function languageOf(button: HTMLElement): string {
  return wordingOf(button).lang || document.documentElement.lang;
}

/** Android writes zh_CN, others zh-CN; any voice of the language will do. */
function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  return speechSynthesis.getVoices().find(voice => voice.lang.slice(0, 2).toLowerCase() === language.slice(0, 2));
}
