using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;
using SafetyCampaign.Tests.Schools.Paper;

namespace SafetyCampaign.Tests.Records;

/// <summary>On the promised day names and signatures go, and counts stay.</summary>
public abstract class RetentionTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Event = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    /// <summary>28 February 2027 begins in Shanghai.</summary>
    private static readonly DateTimeOffset PromisedDay = new(2027, 2, 27, 16, 0, 0, TimeSpan.Zero);

    // a turn over months would ring every timer for each second of them
    private readonly FakeTimeProvider clock = new(PromisedDay.AddMinutes(-1));
    private readonly CapturedLog log = new();

    protected RetentionTests(bool postgres) => App = new CampaignApp { Clock = clock, Postgres = postgres, Parts = log.Install };

    protected CampaignApp App { get; }

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => App.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Names_relations_and_signatures_go_and_the_counts_stay()
    {
        var e = await App.SeedEventAsync(startsAt: Event);
        using var phone = App.CreateClient();
        var receipt = await phone.SignedAsync(e);
        await phone.SignedAsync(e, "欧阳小舟", "欧阳静澜");
        await App.SeedPaperAsync(e, e.Primary, [], rows: 2, rehearsal: false, () => [1, 2, 3]);
        await App.SeedReportPhotoAsync(e);

        await OnTheDayAsync(e);

        await using var db = App.OpenStore();
        Assert.False(await db.PaperSheets.AnyAsync(Cancellation) || await db.PaperRows.AnyAsync(Cancellation)
            || await db.ReportPhotos.AnyAsync(Cancellation)
            || await db.PaperPhotos.AnyAsync(Cancellation) || await db.PaperRowPictures.AnyAsync(Cancellation));
        var pledges = await db.Pledges.ToListAsync(Cancellation);
        Assert.Equal(4, pledges.Count);
        Assert.All(pledges, p => Assert.Equal((null, null, null, PromisedDay), (p.Name, p.Relation, p.ContentHash, p.ErasedAt)));
        Assert.False(await db.Signatures.AnyAsync(Cancellation));
        Assert.Equal(4, await phone.PeopleAsync(e.Code));
        await App.Get<TallyRecount>().RunAsync(Cancellation);
        Assert.Equal(4, await phone.PeopleAsync(e.Code));
        Assert.DoesNotContain("王小明", WebUtility.HtmlDecode(await phone.GetStringAsync(receipt, Cancellation)));
        Assert.DoesNotContain(log.Lines, line => line.Contains("王小明") || line.Contains("欧阳"));
        Assert.Contains(log.Lines, line => line.Contains("signatures of 4 pledges are erased"));
    }

    [Fact]
    public async Task The_ledger_says_that_it_was_done_and_it_is_done_once()
    {
        var e = await App.SeedEventAsync(startsAt: Event);
        using var phone = App.CreateClient();
        await phone.SignedAsync(e);

        await OnTheDayAsync(e);
        await App.Get<Retention>().RunAsync(Cancellation);

        await using var db = App.OpenStore();
        var act = await db.Acts.SingleAsync(Cancellation);
        Assert.Equal((LedgerActKind.Expired, e.Id, PromisedDay, 0), (act.Kind, act.EventId, act.At, act.People));
        Assert.Equal(PromisedDay, (await db.Campaigns.SingleAsync(Cancellation)).ErasedAt);
        var lines = await db.AuditEntries.OrderBy(a => a.Sequence).ToListAsync(Cancellation);
        Assert.Equal([(AuditAction.SigningClosed, null), (AuditAction.NamesExpired, 2), (AuditAction.CampaignErased, null)],
            lines.Select(a => (a.Action, a.Count)));
        Assert.All(lines, a => Assert.Equal((null, "大塘冲社区"), (a.AccountId, a.OrganizationName)));
    }

    [Fact]
    public async Task A_list_of_pupils_goes_with_the_last_campaign_that_uses_it_and_one_that_no_event_uses_after_a_year()
    {
        var e = await App.SeedEventAsync(startsAt: Event);
        int unused;
        await using (var db = App.OpenStore())
        {
            var used = await db.Classes.Include(c => c.School).SingleAsync(c => c.Id == e.Primary, Cancellation);
            var alone = new ClassGroup(used.School, 1, 1);
            db.AddRange(new RosterEntry(used, 1, "王小明", Event), new RosterEntry(alone, 1, "李思雨", PromisedDay.AddDays(-364).AddHours(-12)));
            await db.SaveChangesAsync(Cancellation);
            unused = alone.Id;
        }
        await App.Get<Retention>().RunAsync(Cancellation);
        Assert.Equal([e.Primary, unused], (await ListsAsync()).Order());

        await OnTheDayAsync(e);
        await App.Get<Retention>().RunAsync(Cancellation); // the campaign is erased once nothing of it was found
        Assert.Equal([unused], await ListsAsync());
        await using (var db = App.OpenStore()) // the next year's
        {
            db.Add(new RosterEntry(await db.Classes.SingleAsync(c => c.Id == e.Primary, Cancellation), 1, "张伟", PromisedDay.AddHours(1)));
            await db.SaveChangesAsync(Cancellation);
        }
        clock.SetUtcNow(PromisedDay.AddHours(13)); // a jump of more than a day would be doubted
        await App.Get<Retention>().RunAsync(Cancellation);

        Assert.Equal([e.Primary], await ListsAsync());
        await using var store = App.OpenStore();
        var lines = await store.AuditEntries.Where(a => a.Action == AuditAction.RostersErased).ToListAsync(Cancellation);
        Assert.Equal([(1, "大塘冲小学"), (1, "大塘冲小学")], lines.Select(a => (a.Count!.Value, a.OrganizationName!)));
        Assert.DoesNotContain(log.Lines, line => line.Contains("王小明") || line.Contains("李思雨"));

        async Task<List<int>> ListsAsync()
        {
            await using var db = App.OpenStore();
            return await db.Roster.Select(r => r.ClassId).ToListAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Until_the_day_begins_where_the_event_is_nothing_is_touched()
    {
        var e = await App.SeedEventAsync(startsAt: Event);
        using var phone = App.CreateClient();
        await phone.SignedAsync(e);
        clock.SetUtcNow(PromisedDay.AddSeconds(-1));

        await App.Get<Retention>().RunAsync(Cancellation);

        await using var db = App.OpenStore();
        Assert.Equal(2, await db.Signatures.CountAsync(Cancellation));
        Assert.Equal(EventState.Open, (await db.Events.SingleAsync(Cancellation)).State);
    }

    [Fact]
    public async Task It_happens_by_itself()
    {
        var e = await App.SeedEventAsync(startsAt: Event);
        using var phone = App.CreateClient();
        await phone.SignedAsync(e);

        clock.SetUtcNow(PromisedDay);

        await using var db = App.OpenStore();
        await Wait.UntilAsync(async () =>
        {
            clock.Advance(Retention.Interval);
            return !await db.Signatures.AnyAsync(Cancellation);
        }, "the signatures are gone");
    }

    [Fact]
    public async Task More_pledges_than_one_stretch_holds_all_go_and_another_campaigns_stay()
    {
        var e = await App.SeedEventAsync(startsAt: Event);
        var other = await App.SeedEventAsync(startsAt: Event.AddYears(1));
        using var phone = App.CreateClient();
        for (var i = 0; i < 70; i++)
        {
            var many = Signing.Request(e.Senior, [.. Enumerable.Range(0, 4)
                .Select(n => Signing.Signer("teacher", $"李老师{(char)('一' + i)}{(char)('一' + n)}"))], guardianConsents: false);
            Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, many)).StatusCode);
            if (i % 10 == 0)
                await phone.SignedAsync(other, $"王小{(char)('一' + i)}");
        }

        await OnTheDayAsync(e);

        await using var db = App.OpenStore();
        Assert.Equal(280, await db.Pledges.CountAsync(p => p.EventId == e.Id && p.Name == null, Cancellation));
        Assert.Equal(14, await db.Pledges.CountAsync(p => p.EventId == other.Id && p.Name != null, Cancellation));
        Assert.Equal(14, await db.Signatures.CountAsync(Cancellation));
        Assert.Equal(280, await phone.PeopleAsync(e.Code));
    }

    [Fact]
    public async Task Signing_ends_on_that_day_and_is_not_opened_again()
    {
        var e = await App.SeedEventAsync(startsAt: Event);
        using var phone = App.CreateClient();

        await OnTheDayAsync(e);

        Assert.Equal(HttpStatusCode.Forbidden, (await phone.SignAsync(e.Code, Signing.Family(e))).StatusCode);
        var organizer = await DeskVisitor.SignInAsync(App, e.Organization);
        var answer = await DeskVisitor.TextAsync(await organizer.SendAsync($"/organize/events/{e.Code}/open"));
        Assert.Contains("不能再签名", answer);
        Assert.Contains("姓名和签名已在2027年2月28日 00:00删除", await organizer.ReadAsync($"/organize/events/{e.Code}"));
    }

    [Fact]
    public async Task Practice_signatures_go_too_and_nobody_rehearses_afterwards()
    {
        var rehearsed = await App.SeedEventAsync(EventState.Rehearsal, startsAt: Event);
        var draft = await App.SeedEventAsync(EventState.Draft, startsAt: Event);
        using var phone = App.CreateClient();
        await phone.SignedAsync(rehearsed);

        await OnTheDayAsync(draft);
        await App.Get<Retention>().RunAsync(Cancellation);

        await using var db = App.OpenStore();
        Assert.All(await db.Pledges.ToListAsync(Cancellation), p => Assert.Null(p.Name));
        var organizer = await DeskVisitor.SignInAsync(App, draft.Organization);
        Assert.Contains("不能再签名", await DeskVisitor.TextAsync(await organizer.SendAsync($"/organize/events/{draft.Code}/rehearse")));
    }

    [Fact]
    public async Task While_the_ledger_cannot_write_it_waits_and_goes_on_later()
    {
        var e = await App.SeedEventAsync(startsAt: Event);
        using var phone = App.CreateClient();
        await phone.SignedAsync(e);
        await App.Get<PledgeLedger>().StopAsync(Cancellation);
        clock.SetUtcNow(PromisedDay);

        await Record.ExceptionAsync(() => App.Get<Retention>().RunAsync(Cancellation));
        await using (var before = App.OpenStore())
            Assert.All(await before.Pledges.ToListAsync(Cancellation), p => Assert.NotNull(p.Name));
        await App.RestartAsync();
        await OnTheDayAsync(e);

        await using var db = App.OpenStore();
        Assert.All(await db.Pledges.ToListAsync(Cancellation), p => Assert.Null(p.Name));
        using var after = App.CreateClient();
        Assert.Equal(2, await after.PeopleAsync(e.Code));
    }

    /// <summary>
    /// The day comes, and the job looks until it finds nothing left. It may be looking by itself besides, as at another
    /// node.
    /// </summary>
    protected async Task OnTheDayAsync(SeededEvent e)
    {
        clock.SetUtcNow(PromisedDay);
        await using var db = App.OpenStore();
        await Wait.UntilAsync(async () =>
        {
            await App.Get<Retention>().RunAsync(Cancellation);
            return await db.Campaigns.AnyAsync(c => c.Id == e.CampaignId && c.ErasedAt != null, Cancellation);
        }, "the campaign is erased");
    }
}

public sealed partial class RetentionOnSqliteTests() : RetentionTests(postgres: false)
{
    [Fact]
    public async Task Nothing_of_them_is_left_in_the_files()
    {
        var e = await App.SeedEventAsync(startsAt: new DateTimeOffset(2026, 7, 17, 1, 0, 0, TimeSpan.Zero));
        using var phone = App.CreateClient();
        for (var i = 0; i < 40; i++)
            await phone.SignedAsync(e, $"欧阳小舟{(char)('一' + i)}", $"欧阳静澜{(char)('一' + i)}");
        Assert.True(await FindAsync(Encoding.UTF8.GetBytes("欧阳")) && await FindAsync(Strokes));

        await OnTheDayAsync(e);

        Assert.False(await FindAsync(Encoding.UTF8.GetBytes("欧阳")));
        Assert.False(await FindAsync(Strokes));
    }

    private static byte[] Strokes => System.Buffers.Text.Base64Url.DecodeFromChars(Ink.Signature);

    private async Task<bool> FindAsync(byte[] what)
    {
        foreach (var path in Directory.EnumerateFiles(App.DataDirectory, "campaign.db*"))
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[file.Length];
            await file.ReadExactlyAsync(bytes, Cancellation);
            if (bytes.AsSpan().IndexOf(what) >= 0)
                return true;
        }
        return false;
    }
}

public sealed class RetentionOnPostgresTests() : RetentionTests(postgres: true);
