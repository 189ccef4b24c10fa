// Reads a pledge aloud with the browser's own voice, clause by clause, where it has one of the text's language.
import { isOtherRegion, voiceFor as chooseVoice } from './voices';

let stop = () => {};

/** Shows the buttons of the texts that can be read; voices may come late. */
export function offerReading(texts: HTMLElement): void {
  keepClassInLinks();
  if (!('speechSynthesis' in window))
    return;
  const buttons = [...texts.querySelectorAll<HTMLButtonElement>('.read')];
  const readText = buttons[0]?.dataset.read;
  const updateButtons = () => buttons.forEach(button => {
    const voices = languagesOf(wordingOf(button)).map(voiceFor);
    button.hidden = !voices.some(voice => voice);
    button.dataset.read = voices.some(isOtherRegion) ? texts.dataset.elsewhere! : readText!;
    if (!button.classList.contains('stop'))
      button.textContent = button.dataset.read;
  });
  speechSynthesis.onvoiceschanged = updateButtons;
  updateButtons();
  for (const button of buttons)
    button.addEventListener('click', () => button.classList.contains('stop') ? stop() : readAloud(button));
  // The same functions in every call, so that they are added once, also where new texts replace these.
  addEventListener('hashchange', stopReading);
  addEventListener('pagehide', stopReading);
  document.addEventListener('visibilitychange', stopWhenHidden);
}

const stopReading = () => stop();
const stopWhenHidden = () => document.hidden && stop();

/** A link to a translation reloads the page; the chosen class is put into its address. */
function keepClassInLinks(): void {
  const chosen = document.querySelector<HTMLSelectElement>('#Form_Class');
  chosen?.addEventListener('change', updateClassInLinks);
  if (chosen?.value)
    updateClassInLinks();
}

function updateClassInLinks(): void {
  const { value } = document.querySelector<HTMLSelectElement>('#Form_Class')!;
  for (const link of document.querySelectorAll<HTMLAnchorElement>('.beside a')) {
    const address = new URL(link.href);
    if (Number(value))
      address.searchParams.set('c', value);
    link.href = address.href;
  }
}

function readAloud(button: HTMLButtonElement): void {
  stop();
  // What is signed and its translation, each in its own language, as far as there are voices.
  const parts = [...wordingOf(button).querySelectorAll('h2, li, p, span')].filter(part => voiceFor(languageOf(part)));
  const utterances = parts.map((part, i) => {
    const utterance = new SpeechSynthesisUtterance(ownText(part));
    [utterance.lang, utterance.voice] = [languageOf(part), voiceFor(languageOf(part))!];
    utterance.onstart = () => part.classList.add('read-now');
    utterance.onend = () => i === parts.length - 1 ? stop() : part.classList.remove('read-now');
    utterance.onerror = () => stop();
    return utterance;
  });
  showReading(button, true);
  stop = () => {
    stop = () => {};
    for (const utterance of utterances)
      utterance.onstart = utterance.onend = utterance.onerror = null;
    speechSynthesis.cancel();
    parts.forEach(part => part.classList.remove('read-now'));
    showReading(button, false);
  };
  utterances.forEach(utterance => speechSynthesis.speak(utterance));
}

function showReading(button: HTMLButtonElement, isReading: boolean): void {
  button.classList.toggle('stop', isReading);
  button.textContent = isReading ? button.dataset.stop! : button.dataset.read!;
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
  return chooseVoice(speechSynthesis.getVoices(), language);
}
