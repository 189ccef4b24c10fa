using System.Net;
using Microsoft.AspNetCore.SignalR;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Tests.Display;

namespace SafetyCampaign.Tests.Operations;

/// <summary>Logs are kept for months (docs/domain.md 6) and hold nobody's name.</summary>
public sealed class LogTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nothing_that_is_logged_while_signing_names_anybody()
    {
        var log = new CapturedLog();
        await using var app = new CampaignApp
        {
            Parts = log.Install,
            Settings =
            {
                // More than an operator would ever switch on.
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace",
                ["Logging:LogLevel:Microsoft.EntityFrameworkCore.Database"] = "Trace",
            },
        };
        await app.InitializeAsync();
        var seeded = await app.SeedEventAsync();
        var phone = app.CreateClient();

        var family = Signing.Family(seeded, child: "欧阳小舟", parent: "欧阳静澜");
        Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(seeded.Code, family)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await phone.SignAsync(seeded.Code, family)).StatusCode);
        var wrong = Signing.Family(seeded, child: "欧阳小舟\U0001F388", parent: "欧阳静澜");
        Assert.Equal(HttpStatusCode.BadRequest, (await phone.SignAsync(seeded.Code, wrong)).StatusCode);

        Assert.Contains(log.Lines, line => line.Contains("Executed DbCommand"));
        Assert.DoesNotContain(log.Lines, line => line.Contains("欧阳") || line.Contains("\\u6B27"));
    }

    [Fact]
    public async Task A_form_of_more_fields_than_the_framework_takes_by_itself_is_read_without_a_warning()
    {
        var log = new CapturedLog();
        await using var app = new CampaignApp { Parts = log.Install, Settings = { ["Logging:LogLevel:Default"] = "Warning" } };
        await app.InitializeAsync();
        var e = await app.SeedEventAsync();
        var organizer = await DeskVisitor.SignInAsync(app, e.District);
        await using var db = app.OpenStore();
        var school = await db.Classes.Where(group => group.Id == e.Primary).Select(group => group.SchoolId).SingleAsync(Cancellation);

        var answer = await organizer.SendAsync(DeskRoutes.Roster(school),
            [.. Enumerable.Range(0, 1500).Select(i => ($"Choice[{i}]", (string?)"1"))]);

        Assert.NotEqual(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.DoesNotContain(log.Lines, line => line.Contains("RequestFormLimits") || line.Contains("form options"));
    }

    [Fact]
    public async Task A_full_disk_is_told_once_when_it_begins_and_once_when_it_is_over()
    {
        var log = new CapturedLog();
        await using var app = new CampaignApp
        {
            Parts = log.Install,
            Settings = { ["Logging:LogLevel:Default"] = "None", ["Logging:LogLevel:SafetyCampaign"] = "Warning" }
        };
        await app.InitializeAsync();
        var seeded = await app.SeedEventAsync();
        var phone = app.CreateClient();
        await using var db = app.OpenStore();
        await db.Database.ExecuteSqlRawAsync(
            "CREATE TRIGGER full BEFORE INSERT ON pledges BEGIN SELECT RAISE(FAIL, 'database or disk is full'); END",
            TestContext.Current.CancellationToken);

        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.ServiceUnavailable, (await phone.SignAsync(seeded.Code, Signing.Family(seeded))).StatusCode);
        await db.Database.ExecuteSqlRawAsync("DROP TRIGGER full", TestContext.Current.CancellationToken);
        for (var i = 0; i < 3; i++)
            Assert.Equal(HttpStatusCode.Created, (await phone.SignAsync(seeded.Code, Signing.Family(seeded))).StatusCode);

        Assert.DoesNotContain(log.Lines, line => line.Contains("   at "));
        var told = log.Lines.Where(line => line.Contains("The ledger")).ToList();
        Assert.Equal(2, told.Count);
        Assert.Contains("disk is full", told[0]);
        Assert.Contains("writes again", told[1]);
    }

    [Fact]
    public async Task A_screen_that_asks_for_an_event_that_is_not_there_leaves_no_trace()
    {
        var log = new CapturedLog();
        await using var app = new CampaignApp { Kestrel = true, Parts = log.Install };
        await app.InitializeAsync();
        await using var screen = await Screen.ConnectAsync(app.Address);

        for (var i = 0; i < 3; i++)
            await Assert.ThrowsAsync<HubException>(() => screen.WatchAsync("NSCHC0"));

        Assert.DoesNotContain(log.Lines, line => line.Contains("no-such-event") || line.Contains("   at "));
    }
}
