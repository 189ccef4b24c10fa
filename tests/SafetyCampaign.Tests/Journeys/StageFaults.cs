using Microsoft.Playwright;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What keeps an audience from reading a stage, found in the page itself.</summary>
internal static class StageFaults
{
    /// <summary>
    /// What keeps somebody from reading: words outside the picture, under the code, close beside it, under water or over other words,
    /// words too pale for a lit hall.
    /// </summary>
    private const string Find =
        """
        () => {
          const faults = [];
          const channel = c => (c /= 255) <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4;
          const light = colour => colour.slice(0, 3).map(channel).reduce((sum, c, i) => sum + c * [.2126, .7152, .0722][i], 0);
          const contrast = (a, b) => { const [x, y] = [light(a), light(b)].sort((p, q) => q - p); return (x + .05) / (y + .05); };
          const read = colour => (colour.match(/[\d.]+/g) ?? []).map(Number);
          const hex = (style, name) => style.getPropertyValue(name).trim().match(/[0-9a-f]{2}/gi).map(part => parseInt(part, 16));
          const ground = element => {
            const disc = element.closest('.dial')?.querySelector('.dial-disc'); // under the count, not around it
            for (let it = disc ?? element; it && it !== document.documentElement; it = it.parentElement) {
              const style = getComputedStyle(it);
              const colour = read(style.backgroundColor);
              if (colour.length === 3 || colour[3] > 0) return [colour];
              if (it.matches('.over-water')) return ['--sea-deep'].map(name => hex(style, name));
              if (it.matches('.stage')) return style.backgroundImage.match(/rgb\([^)]*\)/g).map(read);
            }
          };
          const code = document.querySelector(document.querySelector('main').dataset.code === 'plate' ? '.qr' : '.scan').getBoundingClientRect();
          if (document.documentElement.scrollHeight > innerHeight || document.documentElement.scrollWidth > innerWidth) faults.push('The stage scrolls.');
          const main = document.querySelector('main'); // the scene's own level, or a lower one that its script has chosen
          const surface = Math.max(innerHeight * (1 - Number(getComputedStyle(main).getPropertyValue('--level'))),
            new DOMMatrix(getComputedStyle(document.querySelector('.sea')).transform).f);
          const lines = [];
          const over = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3
            && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > .3 * Math.min(a.height, b.height);
          const walker = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
          while (walker.nextNode()) {
            const element = walker.currentNode.parentElement;
            const words = walker.currentNode.textContent.trim();
            const range = document.createRange();
            range.selectNodeContents(walker.currentNode);
            const box = (getComputedStyle(element).overflow === 'hidden' ? element : range).getBoundingClientRect(); // an ellipsis ends it
            if (!words || !box.width || getComputedStyle(element).visibility === 'hidden' || !element.checkVisibility()) continue;
            if (box.left < -1 || box.top < -1 || box.right > innerWidth + 1 || box.bottom > innerHeight + 1) faults.push(`Outside the picture: ${words}`);
            if (!element.closest('.scan') && code.width && box.right > code.left && box.top < code.bottom && box.bottom > code.top && box.left < code.right) faults.push(`Under the code: ${words}`);
            const own = getComputedStyle(element).overflow === 'hidden' ? [box] : [...range.getClientRects()].map(rect => {
              const air = element.closest('.count') ? .15 * rect.height : 0; // a line of large digits is higher than they are
              return new DOMRect(rect.x, rect.y + air, rect.width, rect.height - 2 * air);
            });
            const near = innerHeight / 66; // of free ground beside the code
            const isNear = [...range.getClientRects()].some(rect => Math.min(rect.right, box.right) > code.left - near && rect.left < code.right + near
              && rect.top < Math.min(code.bottom, box.bottom) && rect.bottom > code.top);
            if (!element.closest('.scan') && code.width && isNear) faults.push(`Beside the code: ${words}`);
            if (!element.closest('.over-water, .scan, .unseen, .title') && own.some(rect => rect.top > surface)) faults.push(`Under water: ${words}`);
            if (!element.closest('.said, .unseen, noscript')) {
              const other = lines.find(line => line.element !== element && own.some(rect => over(rect, line.rect)));
              if (other) faults.push(`Over other words: ${words} / ${other.words}`);
              own.forEach(rect => lines.push({ rect, words, element }));
            }
            const size = parseFloat(getComputedStyle(element).fontSize) / innerHeight * 100;
            if (size < 3.49 && !element.closest('.said, .unseen, .title, noscript')) faults.push(`${size.toFixed(1)} vh: ${words}`);
            const worst = Math.min(...ground(element).map(under => contrast(read(getComputedStyle(element).color), under)));
            if (worst < 7) faults.push(`Contrast ${worst.toFixed(1)}: ${words}`);
          }
          return faults.join('\n');
        }
        """;

    /// <summary>Fails for anything on a stage that cannot be read from the last row.</summary>
    public static async Task NoneAsync(IPage stage, SceneKind scene, string where = "")
    {
        var faults = await stage.EvaluateAsync<string>(Find);
        Assert.True(faults == "", $"{scene} {where}\n{faults}");
    }
}
