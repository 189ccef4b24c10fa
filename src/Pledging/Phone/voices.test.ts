import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isOtherRegion, voiceFor } from './voices';

const voices = (...tags: string[]) => tags.map(lang => ({ lang }));

test('the voice of the mainland comes before any other, in whatever order the phone lists them', () => {
  for (const [wanted, others] of [
    ['zh-CN', ['zh-HK', 'zh-TW', 'yue-HK']], ['zh_CN', ['zh_TW', 'zh_HK']], ['cmn-Hans-CN', ['yue-Hant-HK', 'cmn-Hant-TW']],
    ['cmn', ['zh-TW']], ['zh-CN', ['zh-CN-liaoning', 'zh']],
  ] as const)
    for (const list of [voices(wanted, ...others), voices(...others, wanted)]) {
      assert.equal(voiceFor(list, 'zh-CN')!.lang, wanted);
      assert.ok(!isOtherRegion(voiceFor(list, 'zh-CN')));
    }
});

test('Cantonese and that of Taiwan are taken only where nothing else is there, and are told', () => {
  for (const tag of ['zh-HK', 'zh_TW', 'yue-HK', 'zh-yue', 'cmn-Hant-TW', 'zh-MO', 'zh-Hant'])
    assert.ok(isOtherRegion(voiceFor(voices('en-GB', tag), 'zh-CN')), tag);
  assert.equal(voiceFor(voices('zh-HK', 'zh-SG'), 'zh-CN')!.lang, 'zh-SG');
});

test('without a voice of the language there is none', () => {
  assert.equal(voiceFor(voices('en-GB', 'ja-JP', 'za'), 'zh-CN'), undefined);
  assert.equal(voiceFor([], 'zh-CN'), undefined);
  assert.ok(!isOtherRegion(undefined));
});

test('of another language the same region comes first, then any', () => {
  assert.equal(voiceFor(voices('en-US', 'en_GB'), 'en-gb')!.lang, 'en_GB');
  assert.equal(voiceFor(voices('zh-CN', 'en-US'), 'en')!.lang, 'en-US');
  assert.ok(!isOtherRegion(voiceFor(voices('en-HK'), 'en')));
});
