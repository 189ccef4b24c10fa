using System.Net;
using Microsoft.AspNetCore.SignalR;
using Npgsql;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Storage;

/// <summary>
/// A node that has just started, and so has no event in memory, and whose database is then away: whatever is asked is
/// answered 503, with Retry-After, in words; and once the database is back, all is as before.
/// </summary>
public sealed class StoreAwayTests : IAsyncLifetime
{
    /// <summary>Longer than any answer takes on a slow machine, shorter than the 30 s of a database driver.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(25);

    private readonly CapturedLog log = new();
    private PostgresDatabase database = null!;
    private DatabaseLine line = null!;
    private CampaignApp before = null!;
    private CampaignApp node = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        database = await PostgresDatabase.CreateMigratedAsync();
        line = new DatabaseLine();
        before = new CampaignApp { Settings = database.Settings };
        node = new CampaignApp
        {
            Kestrel = true,
            Settings = new(line.Between(database.Settings)) { ["Logging:LogLevel:Default"] = "Warning" },
            Parts = log.Install,
        };
        await before.InitializeAsync();
        await node.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in new[] { node, before })
            if (app is not null)
                await app.DisposeAsync();
        if (line is not null)
            await line.DisposeAsync();
        if (database is not null)
            await database.DisposeAsync();
    }

    [Fact]
    public async Task Whatever_is_asked_of_a_node_without_its_database_is_answered_503_in_words_and_well_again_afterwards()
    {
        var e = await before.SeedEventAsync();
        var (_, host) = await before.SeedHostLinkAsync(e);
        // Of another event: by a signature the node learns of its event.
        var receipt = await before.CreateClient().SignedAsync(await before.SeedEventAsync());
        var verification = (await before.Get<Receipts>().FindAsync(receipt["/r/".Length..], Cancellation))!.Receipt.Verification;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = node.Address };
        browser.DefaultRequestHeaders.AcceptLanguage.ParseAdd("zh-CN");
        var organizer = new DeskVisitor(browser);
        await DeskVisitor.AddAccountAsync(node, "值班的老师", e.Organization, OrganizerRole.Administrator);
        Assert.Equal(HttpStatusCode.Redirect, (await organizer.SignInAsync("值班的老师")).StatusCode);
        var deskForm = DeskVisitor.Form(await organizer.ReadAsync("/organize/password"));
        List<string> pages =
        [
            $"/e/{e.Code}", $"/e/{e.Code}/rules", $"/display/{e.Code}", $"/e/{e.Code}/qr.svg", $"/e/{e.Code}/qr.png", host,
            receipt, $"{receipt}/data", $"{receipt}/correct", $"{receipt}/certificate.png", $"/verify/{verification}",
        ];
        List<string> api = [$"/api/events/{e.Code}", $"/api/events/{e.Code}/tally", $"/api/events/{e.Code}/stage"];
        using var phone = node.CreateClient();
        using var english = node.CreateClient("en");
        await using var screen = await Screen.ConnectAsync(node.Address);

        line.Cut();

        foreach (var (client, words) in new[] { (phone, "暂时打不开"), (english, "Not available right now") })
            foreach (var page in pages)
                await AwayAsync(page, await client.GetAsync(page, Cancellation), words);
        foreach (var address in api)
            await AwayAsync(address, await phone.GetAsync(address, Cancellation), "/problems/unavailable");
        var request = Signing.Family(e);
        await AwayAsync("sign", await phone.SignAsync(e.Code, request), "/problems/unavailable");
        await AwayAsync("the form without a script", await phone.PostAsync($"/e/{e.Code}", new FormUrlEncodedContent(
            [new("Form.Party", "Guardian"), new("Form.Guardian.Name", "王芳")]), Cancellation), "返回上一页");
        await AwayAsync("withdraw", await phone.PostAsync($"{receipt}?handler=Withdraw", null, Cancellation), "暂时打不开");
        foreach (var page in new[] { $"/organize/events/{e.Code}", $"/organize/events/{e.Code}/scenes", "/organize", "/organize/accounts" })
            await AwayAsync(page, await organizer.GetAsync(page), "暂时打不开");
        await AwayAsync("the desk's form", await organizer.PostAsync("/organize/password", deskForm), null);
        Assert.Contains("unavailable", (await Assert.ThrowsAsync<HubException>(() => screen.WatchAsync(e.Code))).Message);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/", Cancellation)).StatusCode);

        line.Mend();

        foreach (var page in pages.Concat(api))
            await WellAsync(() => phone.GetAsync(page, Cancellation));
        await WellAsync(() => phone.SignAsync(e.Code, request));
        await WellAsync(() => organizer.GetAsync($"/organize/events/{e.Code}"));
        Assert.Equal(2, (await screen.WatchAsync(e.Code)).Tally.People);
        Assert.Single(log.Lines, told => told.Contains("The database cannot be used"));
        Assert.Single(log.Lines, told => told.Contains("The database answers again"));
        Assert.DoesNotContain(log.Lines, told => told.Contains("   at ") && !told.Contains("could not be saved"));
    }

    [Fact]
    public async Task A_locked_table_and_a_server_that_freezes_keep_nobody_waiting()
    {
        var e = await before.SeedEventAsync();
        var receipt = await before.CreateClient().SignedAsync(e);
        using var phone = node.CreateClient();
        await WellAsync(() => phone.GetAsync($"/e/{e.Code}", Cancellation));

        await using (var source = NpgsqlDataSource.Create(database.ConnectionString))
        await using (var holder = await source.OpenConnectionAsync(Cancellation))
        {
            await using var locked = new NpgsqlCommand("BEGIN; LOCK TABLE pledges IN ACCESS EXCLUSIVE MODE", holder);
            await locked.ExecuteNonQueryAsync(Cancellation);
            await AllAwayAsync(phone, e, receipt);
        }
        await WellAsync(() => phone.SignAsync(e.Code, Signing.Family(e)));

        line.Freeze();
        await AllAwayAsync(phone, e, receipt);
        line.Mend();
        await WellAsync(() => phone.GetAsync(receipt, Cancellation));
        await WellAsync(() => phone.SignAsync(e.Code, Signing.Family(e)));
    }

    private static async Task AllAwayAsync(HttpClient phone, SeededEvent e, string receipt)
    {
        var asked = Enumerable.Range(0, 40).Select(_ => phone.GetAsync(receipt, Cancellation))
            .Append(phone.SignAsync(e.Code, Signing.Family(e)));
        foreach (var answer in await Task.WhenAll(asked).WaitAsync(Patience, Cancellation))
            await AwayAsync("", answer, null);
    }

    private static async Task AwayAsync(string what, HttpResponseMessage answer, string? words)
    {
        var text = await DeskVisitor.TextAsync(answer);
        Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable, $"{what}: {(int)answer.StatusCode} {text}");
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero, $"{what} does not say when to come again.");
        Assert.True(text.Contains(words ?? ""), $"{what}: {text}");
        Assert.DoesNotContain("   at ", text);
        Assert.DoesNotContain("Npgsql", text);
    }

    /// <summary>A pooled connection may have to find out first that it is dead.</summary>
    private static async Task WellAsync(Func<Task<HttpResponseMessage>> ask)
    {
        for (var tries = 1; ; tries++)
        {
            using var answer = await ask();
            if ((int)answer.StatusCode < 400)
                return;
            Assert.True(answer.StatusCode == HttpStatusCode.ServiceUnavailable && tries < 200,
                $"{answer.RequestMessage!.RequestUri}: {(int)answer.StatusCode}");
            await Task.Delay(50, Cancellation);
        }
    }
}
