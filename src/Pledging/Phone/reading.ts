// Reads a pledge aloud with the browser's own voice, clause by clause, where it has one of the text's language.
import { isOfElsewhere, voiceFor as choose } from './voices';

let stop = () => {};

/** Shows the buttons of the texts that can be read; voices may come late. */
export function offerReading(texts: HTMLElement): void {
  keepClass();
  if (!('speechSynthesis' in window))
    return;
  const buttons = [...texts.querySelectorAll<HTMLButtonElement>('.read')];
  const words = buttons[0]?.dataset.read;
  const offer = () => buttons.forEach(button => {
    const voices = languagesOf(wordingOf(button)).map(voiceFor);
    button.hidden = !voices.some(voice => voice);
    button.dataset.read = voices.some(isOfElsewhere) ? texts.dataset.elsewhere! : words!;
    if (!button.classList.contains('stop'))
      button.textContent = button.dataset.read;
  });
  speechSynthesis.onvoiceschanged = offer;
  offer();
  for (const button of buttons)
    button.addEventListener('click', () => button.classList.contains('stop') ? stop() : read(button));
  // One function for all calls: what listens already is not added again where new texts take the place of these.
  addEventListener('hashchange', stopReading);
  addEventListener('pagehide', stopReading);
  document.addEventListener('visibilitychange', stopWhenHidden);
}

const stopReading = () => stop();
const stopWhenHidden = () => document.hidden && stop();

/** A link to a translation opens the page anew; the class that was chosen goes along in its address. */
function keepClass(): void {
  const chosen = document.querySelector<HTMLSelectElement>('#Form_Class');
  chosen?.addEventListener('change', putClassIntoLinks);
  if (chosen?.value)
    putClassIntoLinks();
}

function putClassIntoLinks(): void {
  const { value } = document.querySelector<HTMLSelectElement>('#Form_Class')!;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.beside a')) {
    const address = new URL(link.href);
    if (Number(value))
      address.searchParams.set('c', value);
    link.href = address.href;
  }
}

function read(button: HTMLButtonElement): void {
  stop();
  // What is signed and its translation, each in its own language, as far as there are voices.
  const parts = [...wordingOf(button).querySelectorAll('h2, li, p, span')].filter(part => voiceFor(languageOf(part)));
  const says = parts.map((part, i) => {
    const said = new SpeechSynthesisUtterance(ownText(part));
    [said.lang, said.voice] = [languageOf(part), voiceFor(languageOf(part))!];
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

/** Without the translation inside it, which is a part of its own. */
function ownText(part: Element): string {
  return [...part.childNodes].filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.textContent).join('');
}

function languageOf(part: Element): string {
  return part.closest<HTMLElement>('[lang]')!.lang;
}

function languagesOf(wording: Element): string[] {
  return [wording, ...wording.querySelectorAll('[lang]')].map(languageOf);
}

function voiceFor(language: string): SpeechSynthesisVoice | undefined {
  return choose(speechSynthesis.getVoices(), language);
}
