using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Schools.Paper;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>What is kept of a class sheet goes with the pledge that it became.</summary>
public abstract class ErasedPaperTests(CampaignApp app)
{
    /// <summary>A page's rows, of which three are pupils on the list.</summary>
    private const int Rows = 6;

    protected CampaignApp App => app;

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_row_goes_with_its_pledge_and_its_picture_with_a_correction_and_the_others_stay()
    {
        var e = await app.SeedEventAsync();
        var pupils = await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"), (3, "苗沐阳"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var (sheet, pictures, whole) = await SeedPaperAsync(e);
        using var teacher = app.CreateClient();
        await CountAsync(teacher, secret, sheet, "孔守仁", "丘灵犀", "苗沐阳", "卞知秋");
        await using var db = app.OpenStore();
        var rows = await db.PaperRows.AsNoTracking().Where(r => r.SheetId == sheet).OrderBy(r => r.Row).ToListAsync(Cancellation);
        Assert.All(rows.Take(4), row => Assert.NotNull(row.Sequence));
        Assert.Null(rows[3].Name); // the ledger has it now
        Assert.True(await IsThereAsync(pictures[1]) && await IsThereAsync(whole), "The search finds what is there.");

        var ledger = app.Get<PledgeLedger>();
        await ledger.WithdrawAsync(rows[1].Sequence!.Value);
        await ledger.CorrectAsync(rows[2].Sequence!.Value, [new("苗沐洋", e.Primary, null), new("苗父", e.Primary, null)]);
        await ledger.EraseAsync(rows[3].Sequence!.Value);

        var after = await db.PaperRows.AsNoTracking().Where(r => r.SheetId == sheet).OrderBy(r => r.Row).ToListAsync(Cancellation);
        foreach (var erased in new[] { after[1], after[3] })
            Assert.Equal((true, null, null, null, null),
                (erased.IsErased, erased.RosterEntryId, erased.Name, erased.Decision, erased.Sequence));
        Assert.Equal((false, pupils[2], rows[2].Sequence), (after[2].IsErased, after[2].RosterEntryId, after[2].Sequence));
        Assert.Equal([0, 4, 5], await db.PaperRowPictures.Where(r => r.Guess == "11" && db.PaperPhotos.Any(
            p => p.Id == r.PhotoId && p.SheetId == sheet)).Select(r => r.Row).Order().ToListAsync(Cancellation));
        Assert.False(await db.PaperPhotos.AnyAsync(p => p.EventId == e.Id && p.Whole != null, Cancellation));
        foreach (var gone in new[] { pictures[1], pictures[2], pictures[3], whole, Encoding.UTF8.GetBytes("卞知秋") })
            await GoneAsync(gone);
        Assert.True(await IsThereAsync(pictures[0]));
        var page = await teacher.GetStringAsync(new Uri($"/class/{secret}/sheets?sheet={sheet}", UriKind.Relative), Cancellation);
        Assert.Contains("孔守仁", WebUtility.HtmlDecode(page));
        Assert.DoesNotContain("丘灵犀", WebUtility.HtmlDecode(page));

        // Whoever withdraws what was signed by phone leaves no ink on paper either, though nobody has decided it.
        var phone = await app.SeedPaperAsync(e, e.Primary, [pupils[0]], 1, rehearsal: false, Canary);
        await ledger.WithdrawAsync(rows[0].Sequence!.Value);
        await GoneAsync(phone.Pictures[0]);
        // A pupil who is deleted from the list takes the row along.
        var added = await app.SeedRosterAsync(e, e.Primary, (4, "程远帆"));
        var deleted = await app.SeedPaperAsync(e, e.Primary, [added[0]], 1, rehearsal: false, Canary);
        await db.Roster.Where(r => r.Id == added[0]).ExecuteDeleteAsync(Cancellation);
        Assert.False(await db.PaperRowPictures.AnyAsync(
            r => db.PaperPhotos.Any(p => p.Id == r.PhotoId && p.SheetId == deleted.Sheet), Cancellation));
    }

    [Fact]
    public async Task Practice_on_paper_goes_with_the_rehearsal_and_all_paper_with_its_event()
    {
        var e = await app.SeedEventAsync(EventState.Rehearsal);
        await app.SeedRosterAsync(e, e.Primary, (1, "孔守仁"), (2, "丘灵犀"));
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var (sheet, pictures, _) = await SeedPaperAsync(e, rehearsal: true);
        using var teacher = app.CreateClient();
        await CountAsync(teacher, secret, sheet, "孔守仁", "丘灵犀", "卞知秋");
        await using var db = app.OpenStore();
        Assert.Equal(3, await db.PaperRows.CountAsync(r => r.SheetId == sheet && r.Sequence != null, Cancellation));
        var ledger = app.Get<PledgeLedger>();

        await app.ChangeEventAsync(e.Id, gathering => gathering.EndRehearsal());
        Assert.True(await ledger.WipeRehearsalAsync(e.Id, by: null));

        Assert.False(await db.PaperPhotos.AnyAsync(p => p.EventId == e.Id, Cancellation));
        Assert.Equal(Rows, await db.PaperRows.CountAsync( // to be signed in earnest
            r => r.SheetId == sheet && !r.IsErased && r.Decision == null && r.Sequence == null && r.Name == null, Cancellation));
        await GoneAsync(pictures[0]);

        var (_, kept, whole) = await SeedPaperAsync(e);
        var revision = await db.Events.Where(x => x.Id == e.Id).Select(x => x.Revision).SingleAsync(Cancellation);
        Assert.True(await ledger.DeleteEventAsync(
            e.Id, revision, 1, AuditEntry.Of(AuditAction.EventDeleted, await db.Events.Include(x => x.Organization)
                .SingleAsync(x => x.Id == e.Id, Cancellation), AuditActor.Program)));
        Assert.False(await db.PaperPhotos.AnyAsync(p => p.EventId == e.Id, Cancellation)
            || await db.PaperSheets.AnyAsync(s => s.EventId == e.Id, Cancellation));
        await GoneAsync(kept[0]);
        await GoneAsync(whole);
    }

    /// <summary>Whether some bytes stand in the program's files.</summary>
    protected abstract Task<bool> IsThereAsync(byte[] trace);

    private async Task GoneAsync(byte[] trace)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(60));
        while (await IsThereAsync(trace))
            await Task.Delay(50, patience.Token);
    }

    private static byte[] Canary()
    {
        var canary = new byte[64];
        Random.Shared.NextBytes(canary);
        return canary;
    }

    /// <summary>A page of the class with a photo that is cut into rows, and a photo of no known page.</summary>
    private async Task<(int Sheet, byte[][] Pictures, byte[] Whole)> SeedPaperAsync(SeededEvent e, bool rehearsal = false)
    {
        await using var db = app.OpenStore();
        var entries = await db.Roster.Where(r => r.ClassId == e.Primary).OrderBy(r => r.Seat).Select(r => r.Id).ToListAsync(Cancellation);
        var (sheet, pictures) = await app.SeedPaperAsync(e, e.Primary, entries, Rows, rehearsal, Canary);
        var whole = Canary();
        db.PaperPhotos.Add(new PaperPhoto(e.Id, null, null, whole, rehearsal, app.Get<TimeProvider>().GetUtcNow()));
        await db.SaveChangesAsync(Cancellation);
        return (sheet, pictures, whole);
    }

    /// <summary>Both sign, row by row; a name is typed where the row has none.</summary>
    private static async Task CountAsync(HttpClient teacher, string secret, int sheet, params string[] names)
    {
        var fields = names.SelectMany((name, row) => new[]
        {
            KeyValuePair.Create($"r{row}", "1"), KeyValuePair.Create($"d{row}", "withguardian"), KeyValuePair.Create($"n{row}", name),
        });
        using var form = new FormUrlEncodedContent([.. fields, new("act", "count")]);
        var answer = await teacher.PostAsync(new Uri($"/class/{secret}/sheets?sheet={sheet}", UriKind.Relative), form, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
    }
}

public sealed class ErasedPaperOnSqliteTests(CampaignApp app) : ErasedPaperTests(app), IClassFixture<CampaignApp>
{
    protected override Task<bool> IsThereAsync(byte[] trace) => DataFiles.HoldAsync(App, trace);
}

public sealed class ErasedPaperOnPostgresTests(PostgresApp app) : ErasedPaperTests(app.Required), IClassFixture<PostgresApp>
{
    /// <summary>The server's files are its own: what its rows show.</summary>
    protected override async Task<bool> IsThereAsync(byte[] trace)
    {
        await using var db = App.OpenStore();
        var name = trace.Length < 12 ? Encoding.UTF8.GetString(trace) : null;
        return await db.PaperRowPictures.AnyAsync(r => r.Picture == trace, Cancellation)
            || await db.PaperPhotos.AnyAsync(p => p.Whole == trace, Cancellation)
            || (name is not null && (await db.Pledges.AnyAsync(p => p.Name == name, Cancellation)
                || await db.PaperRows.AnyAsync(r => r.Name == name, Cancellation)));
    }
}

/// <summary>What is told to the ledger of a page is kept of its rows too, though whoever pressed the button is gone.</summary>
public sealed class BrokenOffPaperTests : IAsyncLifetime
{
    private readonly CancellationTokenSource request = new();
    private readonly CampaignApp app;

    public BrokenOffPaperTests() =>
        app = new CampaignApp { Parts = services => services.AddSingleton<ILedgerSubscriber>(new Departure(request)) };

    public ValueTask InitializeAsync() => app.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        request.Dispose();
    }

    [Fact]
    public async Task A_row_that_was_counted_before_the_browser_was_closed_is_found_by_an_erasure()
    {
        var e = await app.SeedEventAsync();
        var published = (await app.Get<PublishedEvents>().FindAsync(e.Id, TestContext.Current.CancellationToken))!;
        var (sheet, _) = await app.SeedPaperAsync(e, e.Primary, [], rows: 8, rehearsal: false, () => [1, 2, 3]);
        // Of the others no consent is held: what was stored of them before is looked up, by the request that ends.
        var typed = Enumerable.Range(0, 8).Select(row => new TypedRow(
            row, row == 0 ? PaperDecision.WithGuardian : PaperDecision.ChildOnly, $"学生{(char)('甲' + row)}")).ToList();
        var actor = new PaperActor(new Voucher(VoucherKind.ClassLink, 7, HoldsGuardianConsent: false), AuditActor.Program, "7");
        var decisions = app.Get<PaperDecisions>();
        Assert.NotNull(await decisions.SaveAsync(published, e.Primary, sheet, typed, actor, TestContext.Current.CancellationToken));

        await Record.ExceptionAsync(() => decisions.CountAsync(published, e.Primary, sheet, actor, request.Token));

        await using var db = app.OpenStore();
        var pledge = await db.Pledges.SingleAsync(p => p.Position == 0, TestContext.Current.CancellationToken);
        var row = await db.PaperRows.SingleAsync(r => r.SheetId == sheet && r.Row == 0, TestContext.Current.CancellationToken);
        Assert.Equal(pledge.Sequence, row.Sequence);
    }

    /// <summary>Closes the browser at the first commit.</summary>
    private sealed class Departure(CancellationTokenSource request) : ILedgerSubscriber
    {
        public void Opened()
        {
        }

        public void Committed(IReadOnlyList<LedgerChange> changes) => request.Cancel();
    }
}
