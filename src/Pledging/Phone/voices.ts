/** As much of a SpeechSynthesisVoice as the choice needs. */
export interface Voice { lang: string }

const chinese = /^(zh|cmn|yue)(-|$)/;

/**
 * The voice for a text, of those that the phone has: of Chinese that of the mainland first, and Cantonese or that of Taiwan only
 * where there is no other; of another language the same region first. Android writes zh_CN, others zh-CN.
 */
export function voiceFor<T extends Voice>(voices: readonly T[], language: string): T | undefined {
  const wanted = language.toLowerCase();
  const ranked = voices.map(voice => ({ voice, rank: rankOf(tagOf(voice), wanted) })).filter(({ rank }) => rank < Infinity);
  return ranked.sort((a, b) => a.rank - b.rank)[0]?.voice;
}

/** Whether a voice for Chinese does not speak as schools on the mainland do. */
export function isOtherRegion(voice: Voice | undefined): boolean {
  return voice !== undefined && isChinese(tagOf(voice)) && rankOf(tagOf(voice), 'zh-cn') >= 3;
}

function rankOf(tag: string, wanted: string): number {
  if (!isChinese(wanted))
    return tag === wanted ? 0 : tag.split('-')[0] === wanted.split('-')[0] ? 1 : Infinity;
  return !isChinese(tag) ? Infinity
    : /^yue|-(yue|hk|mo|tw|hant)\b/.test(tag) ? 3
    : ['zh-cn', 'cmn-cn', 'cmn-hans-cn', 'zh-hans-cn', 'cmn'].includes(tag) ? 0
    : /^cmn|-cn\b/.test(tag) ? 1 // a dialect of the mainland's, zh-CN-liaoning
    : 2;
}

function isChinese(tag: string): boolean {
  return chinese.test(tag);
}

function tagOf({ lang }: Voice): string {
  return lang.replace(/_/g, '-').toLowerCase();
}
