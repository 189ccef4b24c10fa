using System.Net;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What the signers keep, and how they take it back.</summary>
public sealed class ReceiptPageTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_shows_who_signed_what_and_the_signature_as_it_was_drawn()
    {
        var page = await phone.GetStringAsync(await SignAsync(await app.SeedEventAsync()), Cancellation);

        foreach (var shown in new[] { "王小明", "王芳", "母亲", "不私自下水游泳", "承诺书第1版", "<path d=\"M100 100C" })
            Assert.Contains(shown, page);
    }

    [Fact]
    public async Task Its_address_goes_nowhere()
    {
        var answer = await phone.GetAsync(await SignAsync(await app.SeedEventAsync()), Cancellation);

        Assert.Equal("no-store, private", answer.Headers.CacheControl!.ToString());
        Assert.Equal(["no-referrer"], answer.Headers.GetValues("Referrer-Policy"));
        Assert.Equal(["noindex"], answer.Headers.GetValues("X-Robots-Tag"));
    }

    [Fact]
    public async Task Withdrawing_erases_the_names_and_lowers_the_count()
    {
        var e = await app.SeedEventAsync();
        var receipt = await SignAsync(e);

        var answer = await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);
        var page = await phone.GetStringAsync(answer.Headers.Location, Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Contains("承诺已撤回", page);
        Assert.DoesNotContain("王小明", page);
        Assert.Equal(0, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Withdrawing_twice_changes_nothing_more()
    {
        var e = await app.SeedEventAsync();
        var receipt = await SignAsync(e);
        await SignAsync(e);

        await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);
        var answer = await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_guessed_address_withdraws_nothing()
    {
        var e = await app.SeedEventAsync();
        var receipt = await SignAsync(e);
        var guessed = receipt[..^1] + (receipt[^1] == 'A' ? 'B' : 'A');

        var answer = await phone.PostAsync(guessed + "?handler=Withdraw", null, Cancellation);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal(2, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task A_rehearsals_receipt_says_that_it_does_not_count() =>
        Assert.Contains("这次签名不计数", await phone.GetStringAsync(await SignAsync(await app.SeedEventAsync(EventState.Rehearsal)), Cancellation));

    private async Task<string> SignAsync(SeededEvent e) =>
        "/r/" + (await (await phone.SignAsync(e.Code, Signing.Family(e))).JsonAsync())["receipt"];
}
