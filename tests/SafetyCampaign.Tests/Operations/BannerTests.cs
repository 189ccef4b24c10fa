using Microsoft.AspNetCore.Hosting;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

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

    [Fact]
    public async Task What_is_said_of_phones_is_true_in_several_networks_in_one_and_in_none()
    {
        await using var _ = app;
        await app.InitializeAsync();
        Task<string> InAsync(string bound, params string[] addresses) => new Banner(PublicAddressTests.Listening(bound, addresses),
            app.Get<CampaignDbFactory>(), [], app.Get<IWebHostEnvironment>()).WriteAsync(TestContext.Current.CancellationToken);

        var several = await InAsync("http://[::]:5080", "192.168.1.5", "192.168.137.1", "fd00::5");
        foreach (var address in new[] { "http://192.168.1.5:5080/", "http://192.168.137.1:5080/", "http://[fd00::5]:5080/" })
            Assert.Contains(address, several);
        Assert.Contains("--PublicBaseUrl", several);
        Assert.DoesNotContain("--PublicBaseUrl", await InAsync("http://[::]:5080", "192.168.1.5"));

        var none = await InAsync("http://[::]:5080");
        Assert.Contains("没有连上网络", none);
        Assert.DoesNotContain("--urls", none); // it listens everywhere already
        Assert.Contains("--urls http://0.0.0.0:5080", await InAsync("http://127.0.0.1:5080"));
    }

    private Task<string> ShownAsync() => app.Get<Banner>().WriteAsync(TestContext.Current.CancellationToken);
}
