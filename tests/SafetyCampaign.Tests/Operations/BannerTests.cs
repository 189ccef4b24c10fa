using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Tests.Operations;

public sealed class BannerTests
{
    private readonly CampaignApp app = new() { Settings = { ["PublicBaseUrl"] = "https://pledge.example.org" } };

    [Fact]
    public async Task A_first_start_shows_the_site_and_the_one_time_address_to_set_up()
    {
        await using var _ = app;
        await app.InitializeAsync();

        var shown = await ShownAsync();

        Assert.Contains("https://pledge.example.org/", shown);
        Assert.Matches("https://pledge.example.org/organize/set-up/[0-9a-f]{32}", shown);
        Assert.DoesNotContain("/display/", shown);
    }

    [Fact]
    public async Task The_event_opened_last_is_shown_and_no_set_up_once_there_is_an_account()
    {
        await using var _ = app;
        await app.InitializeAsync();
        var seeded = await app.SeedEventAsync();
        var draft = await app.SeedEventAsync(EventState.Draft);
        await DeskVisitor.AddAccountAsync(app, "王老师", seeded.Organization);

        var shown = await ShownAsync();

        Assert.Contains($"https://pledge.example.org/display/{seeded.Code}", shown);
        Assert.Contains($"https://pledge.example.org/e/{seeded.Code}", shown);
        Assert.DoesNotContain(draft.Code, shown);
        Assert.DoesNotContain("set-up", shown);
    }

    private Task<string> ShownAsync() => app.Get<Banner>().WriteAsync(TestContext.Current.CancellationToken);
}
