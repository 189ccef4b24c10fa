using System.Globalization;
using Microsoft.Playwright;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>The real stage page in a real browser, and every count it has shown.</summary>
internal sealed class StageTab(IPage page)
{
    /// <summary>The page holds the count it shows in an attribute; the digits glide after it.</summary>
    private const string Watch = """
        () => {
          const people = document.querySelector('.signing [data-people]');
          window.shown = [Number(people.dataset.people)];
          new MutationObserver(() => window.shown.push(Number(people.dataset.people))).observe(people, { attributes: true, attributeFilter: ['data-people'] });
        }
        """;

    public static async Task<StageTab> OpenAsync(IBrowser browser, Uri stage)
    {
        var page = await browser.NewPageAsync();
        await page.GotoAsync(stage.ToString());
        await page.EvaluateAsync(Watch);
        return new StageTab(page);
    }

    public async Task<int> PeopleAsync() =>
        int.Parse(await page.Locator(".signing [data-people]").GetAttributeAsync("data-people") ?? "", CultureInfo.InvariantCulture);

    public Task<int[]> ShownAsync() => page.EvaluateAsync<int[]>("() => window.shown");
}
