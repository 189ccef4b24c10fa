using System.Net;
using System.Net.Http.Headers;
using SafetyCampaign.Display;
using SafetyCampaign.Display.Names;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Display.Host;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>
/// A name that was corrected, and one that was withdrawn, is on no page, picture, screen or list any more, and no browser goes on
/// showing it.
/// </summary>
public sealed class OldNamesTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly HttpClient phone = app.CreateClient();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_corrected_and_then_withdrawn_name_is_reachable_nowhere_and_no_browser_was_let_keep_it()
    {
        var e = await app.SeedEventAsync();
        await app.ChangeEventAsync(e.Id, gathering => gathering.ShowNames(true));
        var request = Signing.Family(e, "丘灵犀", "丘父明");
        request["consents"]!["showMaskedName"] = true;
        var answer = await (await phone.SignAsync(e.Code, request)).JsonAsync();
        var (receipt, host) = ($"/r/{answer["receipt"]}", await HostVisitor.EnterAsync(app, e));
        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        string[] pages = [receipt, receipt + "/data", receipt + "/data?handler=File", receipt + "/correct",
            $"/verify/{answer["verification"]}",
            $"/api/events/{e.Code}/stage", $"/display/{e.Code}", $"/e/{e.Code}"];
        string[] desk = ["", "/review", "/review/suspicious", "/review/acts"];
        async Task<List<string>> NamingAsync(string surname)
        {
            var naming = new List<string>();
            foreach (var page in pages)
            {
                var read = await phone.GetAsync(page, Cancellation);
                if (!WebUtility.HtmlDecode(await read.Content.ReadAsStringAsync(Cancellation)).Contains(surname, StringComparison.Ordinal))
                    continue;
                naming.Add(page);
                Assert.True(read.Headers.CacheControl is { NoStore: true }, page);
            }
            foreach (var page in desk)
                if ((await organizer.ReadAsync($"/organize/events/{e.Code}{page}")).Contains(surname, StringComparison.Ordinal))
                    naming.Add(page);
            if ((await host.ReadAsync()).Contains(surname, StringComparison.Ordinal))
                naming.Add("host");
            return naming;
        }
        Assert.Contains("host", await NamingAsync("丘")); // waiting for its approval
        await ApproveAsync(e);
        Assert.Superset(pages[..7].ToHashSet(), (await NamingAsync("丘")).ToHashSet());
        var (certificate, tag) = await CertificateAsync(receipt);

        var sequence = (await app.Get<Receipts>().FindAsync(receipt[3..], Cancellation))!.Receipt.Sequence;
        await app.Get<PledgeLedger>().CorrectAsync(sequence,
            [new SignerCorrection("苗沐阳", e.Primary, null), new SignerCorrection("苗父明", e.Primary, null)]);

        await UntilAsync(async () => (await NamingAsync("丘")).Count == 0);
        Assert.Contains(pages[5], await NamingAsync("苗"));
        var (corrected, newTag) = await CertificateAsync(receipt, tag); // to a browser that still has the old one
        Assert.NotEqual(certificate, corrected);

        await phone.PostAsync(receipt + "?handler=Withdraw", null, Cancellation);

        await UntilAsync(async () => (await NamingAsync("苗")).Count == 0);
        using var again = new HttpRequestMessage(HttpMethod.Get, receipt + "/certificate.png") { Headers = { IfNoneMatch = { newTag } } };
        var gone = await phone.SendAsync(again, Cancellation);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.True(gone.Headers.CacheControl is { NoStore: true });
        // The receipt's page asks for the picture, so that a browser which has kept it learns so.
        Assert.Contains($"<img src=\"{receipt}/certificate.png\" alt=\"\" hidden>", await phone.GetStringAsync(receipt, Cancellation));
    }

    private async Task ApproveAsync(SeededEvent e)
    {
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, Cancellation))!;
        var waiting = await app.Get<NameGate>().WaitingAsync(published, 10, Cancellation);
        await app.Get<NameGate>().DecideAsync(published, [.. waiting.Select(name => name.Sequence)], approved: true, Cancellation);
        await app.Get<StageConductor>().NamesChangedAsync(e.Id);
    }

    /// <summary>A browser may keep it, if it asks each time.</summary>
    private async Task<(byte[] Picture, EntityTagHeaderValue Tag)> CertificateAsync(string receipt, EntityTagHeaderValue? known = null)
    {
        using var asking = new HttpRequestMessage(HttpMethod.Get, receipt + "/certificate.png");
        if (known is not null)
            asking.Headers.IfNoneMatch.Add(known);
        var drawn = await phone.SendAsync(asking, Cancellation);
        Assert.Equal(new MediaTypeHeaderValue("image/png"), drawn.Content.Headers.ContentType);
        Assert.True(drawn.Headers.CacheControl is { NoCache: true, Private: true, MaxAge: null });
        return (await drawn.Content.ReadAsByteArrayAsync(Cancellation), drawn.Headers.ETag!);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (!await isSo())
            await Task.Delay(50, patience.Token);
    }
}
