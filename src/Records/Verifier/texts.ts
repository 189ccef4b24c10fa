import { concatBytes, hexHash, utf8ToBytes } from './bytes';

interface Wording {
  title: string;
  clauses: string[];
  closing: string;
}

export interface Text extends Wording {
  role: string;
  version: number;
  sha256: string;
  translations: ({ language: string; direction: number; official: boolean } & Wording)[];
}

/** See src/Campaigns/PledgeTextHash.cs. */
export function hashOfText(text: Text): string {
  const parts: Uint8Array[] = [];
  const number = (value: number) => {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setInt32(0, value);
    parts.push(bytes);
  };
  const words = (value: string) => {
    const bytes = utf8ToBytes(value);
    number(bytes.length);
    parts.push(bytes);
  };
  const wording = (of: Wording) => {
    words(of.title);
    number(of.clauses.length);
    of.clauses.forEach(words);
    words(of.closing);
  };
  number(1);
  wording(text);
  number(text.translations.length);
  for (const translation of text.translations) {
    words(translation.language);
    number(translation.direction);
    number(translation.official ? 1 : 0);
    wording(translation);
  }
  return hexHash(concatBytes(...parts));
}
