/** Particles with which no line begins. */
const particles = /^[\u7684\u4e86\u548c\u4e0e\u53ca\u7740\u8fc7\u4eec]$/u;

/**
 * Where a line may break: not inside a word. Chinese has no spaces, so the browser's own dictionary says what a word is; single
 * characters, as of a place that it does not know, stay with what follows them.
 */
export function phrasesOf(words: Iterable<string>): string[] {
  const phrases: string[] = [];
  let joinsNext = false;
  for (const word of words) {
    const single = [...word].length === 1;
    const last = phrases.length - 1;
    const joins = joinsNext || particles.test(word) || !/\p{L}|\p{N}/u.test(word) || /[/\uff0f]$/u.test(phrases[last] ?? '');
    if (last >= 0 && joins) phrases[last] += word;
    else phrases.push(word);
    joinsNext = single && /\p{Script=Han}/u.test(word) && !particles.test(word);
  }
  return phrases;
}

const maxPieceLength = 12;

/** Whether the title has enough punctuation to break at. */
export const breaksByItself = (text: string): boolean => {
  const pieces = text.match(/[^\uff0c\u3001\uff1a\uff1b\u3002\uff01\uff1f]+[\uff0c\u3001\uff1a\uff1b\u3002\uff01\uff1f]*/gu) ?? [];
  return pieces.length > 1 && pieces.every(piece => piece.length <= maxPieceLength);
};

/** Marks the places where the lines of a title may break. A browser without the dictionary breaks as it likes. */
export function breakAtPhrases(within: ParentNode) {
  if (!('Segmenter' in Intl)) return;
  for (const title of within.querySelectorAll<HTMLElement>('.phrases')) {
    if (!/\p{Script=Han}/u.test(title.textContent!)) continue;
    const text = [...title.childNodes].filter((node): node is Text => node instanceof Text && node.data.trim() !== '');
    if (breaksByItself(title.textContent!.trim())) continue;
    for (const node of text) {
      const words = [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(node.data)].map(part => part.segment);
      node.replaceWith(...phrasesOf(words).flatMap((phrase, i) => i === 0 ? [phrase] : [document.createElement('wbr'), phrase]));
    }
  }
}
