using SafetyCampaign.Campaigns;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>A family that opened its page during the rehearsal, and presses submit once signing is open.</summary>
public sealed class RehearsalPageJourneys(Browser browser) : Journey(browser)
{
    private const string Words = "这份是在演练的页面上签的，没有计数";

    [Fact]
    public async Task Is_told_that_nothing_counted_keeps_its_ink_and_gets_through_with_one_more_press()
    {
        var (e, family) = await FilledInAsync();
        await OpenAsync(e);

        await family.Submit.ClickAsync();

        await Expect(family.Page.Locator("#problems")).ToContainTextAsync(Words);
        await Expect(family.Page.GetByText("现在签的不计数")).ToHaveCountAsync(0);
        Assert.Equal(0, await PeopleAsync(e));
        await family.HasWrittenAsync("Student");
        await family.HasWrittenAsync("Guardian");
        await family.ShowSubmitAsync();

        await family.Submit.ClickAsync();

        await family.ThankedAsync("1和2");
        await Expect(family.Page.GetByText("这是演练")).ToHaveCountAsync(0);
        Assert.Equal(2, await PeopleAsync(e));
        await family.Page.HasNothingInLocalStorageAsync();
    }

    [Fact]
    public async Task Is_told_so_as_well_where_its_signature_waited_on_the_phone_through_the_opening_and_a_reload()
    {
        var (e, family) = await FilledInAsync();
        await family.Page.RouteAsync("**/pledges", route => route.AbortAsync());
        await family.Submit.ClickAsync();
        await family.WaitsAsync();
        await OpenAsync(e);
        await family.Page.UnrouteAsync("**/pledges");

        await family.Page.ReloadAsync();

        await Expect(family.Page.Locator("#problems")).ToContainTextAsync(Words);
        Assert.Equal(0, await PeopleAsync(e));
        await family.HasWrittenAsync("Student");
        await family.ShowSubmitAsync();
        await family.Submit.ClickAsync();
        await family.ThankedAsync("1和2");
        await family.Page.HasNothingInLocalStorageAsync();
    }

    private async Task<(SeededEvent Event, Signer Family)> FilledInAsync()
    {
        var e = await App.SeedEventAsync(EventState.Rehearsal);
        var family = await Signer.ScanAsync(await PhoneAsync(), e);
        await family.FillInAsync(e);
        return (e, family);
    }

    private Task OpenAsync(SeededEvent e) => App.ChangeEventAsync(e.Id, gathering => gathering.Open(DateTimeOffset.UtcNow));

    private async Task<int> PeopleAsync(SeededEvent e)
    {
        using var anyone = App.CreateClient();
        return await anyone.PeopleAsync(e.Code);
    }
}
