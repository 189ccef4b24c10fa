using Microsoft.Playwright;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>What the program leaves on a device. A page's words stand before its script has run, which may be what clears it.</summary>
internal static class BrowserStorage
{
    public static Task HasNothingStoredAsync(this IPage page) => IsEmptyAsync(page, "{ ...localStorage, ...sessionStorage }");

    /// <summary>There may be something in this tab alone.</summary>
    public static Task HasNothingInLocalStorageAsync(this IPage page) => IsEmptyAsync(page, "{ ...localStorage }");

    private static async Task IsEmptyAsync(IPage page, string stored)
    {
        try
        {
            await page.WaitForFunctionAsync($"() => Object.keys({stored}).length === 0");
        }
        catch (TimeoutException)
        {
            Assert.Fail("Left in the browser: " + await page.EvaluateAsync<string>($"Object.keys({stored}).join()"));
        }
    }
}
