// The checks of a typed name that a script can make as the server does (src/Campaigns/PersonName.cs); tests/contract/typed-names.json holds
// both to the same answers.

export type NameProblem = 'missing' | 'number' | 'sign';

/** Symbols, but for radicals and dots that the server reads as what they look like, and the signs of a keyboard that no name has. */
const sign = /(?![\u2e80-\u2fdf\u2219\u22c5])[\p{So}\p{Sc}\p{Sm}\p{Sk}\p{Pc}]|[!"#$%&*,/:;?@[\\\]{}]/u;
const letter = /[\p{L}\p{N}\u2e80-\u2fdf\u{20000}-\u{3ffff}]/u;
/** More digits in a row than a seat or a year has, however they are parted. */
const number = /\p{Nd}(?:[\s\-.\u00b7'\u2019]*\p{Nd}){4}/u;

export function problemOf(name: string): NameProblem | null {
  const read = name.trim().replace(/[\uff01-\uff5e]/g, wide => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));
  if (read === '')
    return 'missing';
  return sign.test(read) || !letter.test(read) ? 'sign' : number.test(read) ? 'number' : null;
}
