using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Display;
using SafetyCampaign.Records;
using SafetyCampaign.Storage;
using SafetyCampaign.Tests.Schools;

namespace SafetyCampaign.Tests.Storage;

/// <summary>A clock that is wrong erases nobody and closes nothing.</summary>
public sealed class ClockCheckTests : IAsyncLifetime
{
    private static readonly DateTimeOffset July = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider clock = new(July);
    private readonly CapturedLog log = new();
    private readonly CampaignApp app;
    private SeededEvent e = null!;
    private HttpClient phone = null!;

    public ClockCheckTests() => app = new CampaignApp { Clock = clock, Parts = log.Install };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        (e, phone) = (await app.SeedEventAsync(startsAt: July, homeSigningUntil: July.AddDays(10)), app.CreateClient());
        await phone.SignedAsync(e);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Theory]
    [InlineData(2038)]
    [InlineData(2000)]
    public async Task By_a_clock_of_another_year_nobody_is_erased_nothing_is_closed_signing_goes_on_and_administrators_are_told(int year)
    {
        clock.AdjustTime(new DateTimeOffset(year, 1, 19, 3, 14, 8, TimeSpan.Zero));
        for (var i = 0; i < 3; i++)
            await app.Get<Retention>().RunAsync(Cancellation);

        await using var db = app.OpenStore();
        Assert.All(await db.Pledges.ToListAsync(Cancellation), p => Assert.NotNull(p.Name));
        Assert.Equal(EventState.Open, (await db.Events.SingleAsync(Cancellation)).State);
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, Signing.Family(e, "李小红"))).StatusCode);
        Assert.Equal(["王小明", "王芳", "李小红", "王芳"], await db.Pledges.OrderBy(p => p.Sequence).Select(p => p.Name).ToListAsync(Cancellation));
        var health = await (await phone.GetAsync("/healthz/ready", Cancellation)).JsonAsync();
        Assert.Equal("degraded", (string?)health["parts"]!["clock"]);
        Assert.Single(log.Lines, line => line.StartsWith("The clock says", StringComparison.Ordinal));

        clock.AdjustTime(July.AddMinutes(20));
        await app.Get<Retention>().RunAsync(Cancellation);

        Assert.True(app.Get<ClockCheck>().IsTrusted);
        var doubt = await db.ClockDoubts.SingleAsync(Cancellation);
        Assert.Equal((2, 4, null, July.AddMinutes(20)), (doubt.AfterSequence, doubt.UntilSequence, doubt.ConfirmedBy, doubt.EndedAt));
        Assert.Equal(EventState.Open, (await db.Events.AsNoTracking().SingleAsync(Cancellation)).State);
    }

    [Fact]
    public async Task A_confirmation_whose_line_of_the_audit_log_cannot_be_written_is_none()
    {
        clock.AdjustTime(new DateTimeOffset(2038, 1, 19, 3, 14, 8, TimeSpan.Zero));
        await app.Get<ClockCheck>().RunAsync(Cancellation);
        await using var db = app.OpenStore();
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER refused BEFORE INSERT ON audit_entries BEGIN SELECT RAISE(ABORT, 'refused'); END", Cancellation);

        await Assert.ThrowsAnyAsync<Exception>(
            () => app.Get<ClockCheck>().ConfirmAsync(new AuditActor(1, "林老师"), Cancellation));

        Assert.False(app.Get<ClockCheck>().IsTrusted);
        Assert.True((await db.Maintenance.SingleAsync(Cancellation)).ClockSeenAt < July.AddDays(1));
        Assert.Null((await db.ClockDoubts.SingleAsync(Cancellation)).EndedAt);
    }

    [Theory]
    [InlineData(2038)]
    [InlineData(2000)]
    public async Task By_a_clock_of_another_year_the_class_relay_and_the_host_go_on_and_closing_writes_no_such_year(int year)
    {
        var (_, secret) = await app.SeedClassLinkAsync(e, e.Primary);
        var (_, hostLink) = await app.SeedHostLinkAsync(e);
        var key = KeyOf(await phone.GetStringAsync($"/e/{e.Code}", Cancellation));
        clock.AdjustTime(July.AddMinutes(5));
        await app.Get<ClockCheck>().RunAsync(Cancellation);
        clock.AdjustTime(new DateTimeOffset(year, 1, 19, 3, 14, 8, TimeSpan.Zero));

        Assert.Equal(HttpStatusCode.Created, (await phone.SignInClassAsync(secret, "赵小一")).StatusCode);
        foreach (var page in new[] { "", "/relay", "/sheets", "/slips" })
            Assert.Equal((page, HttpStatusCode.OK), (page, (await phone.GetAsync($"/class/{secret}{page}", Cancellation)).StatusCode));
        using var helper = app.CreateClient();
        var entered = await helper.GetAsync(hostLink, Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        // Sent by hand: a client of today has forgotten a cookie of then.
        helper.DefaultRequestHeaders.Add(
            "Cookie", entered.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("host-")).Split(';')[0]);
        Assert.Equal(HttpStatusCode.OK, (await helper.GetAsync($"/host/{e.Code}", Cancellation)).StatusCode);

        // What was opened on a page before is taken for the grace, which counts from now and not from that year.
        Assert.True(await app.Get<StageConductor>().CloseAsync(e.Id));
        await using var db = app.OpenStore();
        Assert.Equal(2026, (await db.Events.AsNoTracking().SingleAsync(Cancellation)).ClosedAt!.Value.Year);
        clock.AdjustTime(July.AddMinutes(10));
        await app.Get<ClockCheck>().RunAsync(Cancellation);
        var late = Signing.Family(e, "钱小二");
        late["key"] = key;
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(e.Code, late)).StatusCode);
    }

    [Fact]
    public async Task A_right_to_see_names_that_has_ended_is_not_opened_again_by_a_clock_that_is_behind()
    {
        var observer = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Observer);
        await using (var db = app.OpenStore())
        {
            db.NamesGrants.Add(new NamesGrant(await db.Users.OrderBy(o => o.Id).LastAsync(Cancellation),
                await db.Organizations.SingleAsync(o => o.Id == e.Organization, Cancellation), by: 1, July.AddDays(-3), July.AddDays(-1)));
            await db.SaveChangesAsync(Cancellation);
        }
        clock.AdjustTime(July.AddDays(-2)); // within the right's days, after the last known time

        Assert.DoesNotContain(DeskRoutes.Review(e.Code), await observer.ReadAsync(DeskRoutes.Event(e.Code)), StringComparison.Ordinal);
    }

    private static string KeyOf(string page) =>
        System.Text.RegularExpressions.Regex.Match(page, "name=\"Form.Key\" value=\"([^\"]+)").Groups[1].Value;

    [Fact]
    public async Task A_program_that_was_off_for_months_goes_on_once_an_administrator_has_confirmed_the_time()
    {
        await app.StopAsync();
        clock.AdjustTime(July.AddMonths(10)); // beyond the promised day
        await app.StartAsync();
        await app.Get<Retention>().RunAsync(Cancellation);
        await using var db = app.OpenStore();
        Assert.True(await db.Pledges.AllAsync(p => p.Name != null, Cancellation));

        var organizer = await DeskVisitor.SignInAsync(app, e.Organization);
        Assert.DoesNotContain("核对时钟", await organizer.ReadAsync("/organize"));
        Assert.Equal(HttpStatusCode.Forbidden, (await organizer.GetAsync("/organize/clock")).StatusCode);
        var administrator = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Administrator);
        Assert.Contains("核对时钟", await administrator.ReadAsync("/organize"));
        var page = await administrator.ReadAsync("/organize/clock");
        Assert.Contains("2027年5月17日", page);
        Assert.Contains("2026年7月17日", page);
        Assert.Equal(HttpStatusCode.Redirect, (await administrator.SendAsync("/organize/clock")).StatusCode);
        Assert.Contains("已确认", await administrator.ReadAsync("/organize/clock"));
        Assert.True(await db.AuditEntries.AnyAsync(a => a.Action == AuditAction.ClockConfirmed, Cancellation));
        Assert.DoesNotContain("核对时钟", await administrator.ReadAsync("/organize"));

        await Wait.UntilAsync(async () =>
        {
            await app.Get<Retention>().RunAsync(Cancellation);
            return await db.Pledges.AllAsync(p => p.Name == null, Cancellation);
        }, "the names are erased");
        Assert.Equal(EventState.Closed, (await db.Events.SingleAsync(Cancellation)).State);
    }

    [Fact]
    public async Task What_is_confirmed_is_the_time_that_was_looked_at_and_no_time_before_this_program()
    {
        clock.AdjustTime(July.AddMonths(2));
        var administrator = await DeskVisitor.SignInAsync(app, e.Organization, OrganizerRole.Administrator);
        var form = DeskVisitor.Form(await administrator.ReadAsync("/organize/clock"));
        clock.AdjustTime(July.AddMonths(2).AddMinutes(70));

        Assert.Equal(HttpStatusCode.Conflict, (await administrator.PostAsync("/organize/clock", form)).StatusCode);

        Assert.False(app.Get<ClockCheck>().IsTrusted);
        clock.AdjustTime(new DateTimeOffset(1970, 1, 1, 0, 0, 9, TimeSpan.Zero));
        Assert.False(await app.Get<ClockCheck>().ConfirmAsync(AuditActor.Program, Cancellation));
    }

    [Fact]
    public async Task An_hour_or_the_time_between_two_looks_is_no_jump()
    {
        foreach (var step in new[] { TimeSpan.FromHours(1), TimeSpan.FromHours(-1), TimeSpan.FromHours(23), TimeSpan.FromHours(23) })
        {
            clock.AdjustTime(clock.GetUtcNow() + step);
            await app.Get<ClockCheck>().RunAsync(Cancellation);
            Assert.True(app.Get<ClockCheck>().IsTrusted);
        }
        await using var db = app.OpenStore();
        Assert.Empty(await db.ClockDoubts.ToListAsync(Cancellation));
    }
}
