using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Load.Faults.Network;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// A family where the signal is as bad as it gets. How many get through is counted by the fault runner; this is one of them,
/// in a real browser.
/// </summary>
public sealed class WeakNetworkJourneys(Browser browser) : Journey(browser)
{
    /// <summary>Slow and far away, and sound; what breaks is said by each test.</summary>
    private static readonly NetworkConditions Slow =
        NetworkConditions.Weak with { Stall = TimeSpan.FromSeconds(2), Stalls = 0, LostRequests = 0, LostAnswers = 0 };

    [Fact]
    public async Task On_a_line_that_stalls_and_resets_a_family_signs_by_itself_and_is_counted_once()
    {
        var e = await App.SeedEventAsync();
        await using var line = new ImpairedProxy(IPEndPoint.Parse($"127.0.0.1:{App.Address.Port}"), Slow);
        var family = new Signer(await PhoneAsync(with => with.BaseURL = line.Address.ToString()));
        family.Page.Context.SetDefaultTimeout(60_000);
        await family.Page.GotoAsync($"/e/{e.Code}");
        await family.FillInAsync(e);

        // The connections the page came by are gone, and on the next ones no answer arrives.
        line.Quality = Slow with { Stalls = 1, LostAnswers = 1 };
        line.Break(CutKind.Reset);
        line.Mend();
        await family.Submit.ClickAsync();
        await Expect(family.Page.GetByText("还没有送到")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        line.Quality = Slow;

        await family.ThankedAsync("1和2");
        Assert.True(line.Stalls > 0 && line.Resets > 0, $"{line.Stalls} stalls, {line.Resets} resets");
        await using var db = App.OpenStore();
        Assert.Equal(2, await db.Pledges.CountAsync(p => p.EventId == e.Id, TestContext.Current.CancellationToken));
        using var anyone = App.CreateClient();
        Assert.Equal(2, await anyone.PeopleAsync(e.Code));
    }
}
