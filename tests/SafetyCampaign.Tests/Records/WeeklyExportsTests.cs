using System.Diagnostics;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;
using SafetyCampaign.Records.Exports;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Records;

/// <summary>The roll-up goes out every week, signed, once, and again until it has arrived.</summary>
public abstract partial class WeeklyExportsTests(bool onPostgres) : IAsyncLifetime
{
    /// <summary>A Friday, 09:00 in China.</summary>
    private static readonly DateTimeOffset July = new(2026, 7, 17, 1, 0, 0, TimeSpan.Zero);

    private static readonly TimeSpan UntilMonday = TimeSpan.FromHours(69); // 06:00

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("safety-campaign-exports-");
    private CampaignApp app = null!;
    private SeededEvent e = null!;
    private DeskVisitor administrator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    protected SetClock Clock { get; } = new(July);

    protected Receiver Platform { get; private set; } = null!;

    protected Dictionary<string, string> Settings => new()
    {
        [ExportSettings.AllowHttpSetting] = "true",
        [ExportSettings.AllowPrivateAddressesSetting] = "true",
        [ExportSettings.FolderSetting] = folder.FullName,
        ["Accounts:SessionLifetime"] = "7.00:00:00",
        ["Accounts:SessionIdleTimeout"] = "7.00:00:00",
    };

    public async ValueTask InitializeAsync()
    {
        if (onPostgres)
            _ = Servers.Postgres;
        Platform = await Receiver.StartAsync();
        app = new CampaignApp { Clock = Clock, Postgres = onPostgres, Settings = Settings };
        await app.InitializeAsync();
        e = await app.SeedEventAsync(startsAt: July);
        using var phone = app.CreateClient();
        await phone.SignedAsync(e, "陈思雨", "陈强");
        administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
        GC.SuppressFinalize(this);
    }

    public async ValueTask DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        if (Platform is not null)
            await Platform.DisposeAsync();
        folder.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task On_its_day_and_hour_it_is_posted_once_signed_and_with_counts_alone()
    {
        Assert.Contains("还没有每周发送", await administrator.ReadAsync(DeskRoutes.Exports), StringComparison.Ordinal);
        var secret = await SetUpAsync();
        await app.Get<WeeklyExportService>().RunAsync(Cancellation);
        Assert.Empty(Platform.Messages);

        await PassAsync(app, UntilMonday);
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => app.Get<WeeklyExportService>().RunAsync(Cancellation)));
        await UntilAsync(delivery => delivery.DeliveredAt is not null);

        var sent = Assert.Single(Platform.Messages);
        Assert.Equal(SignatureOf(secret, sent), sent.Signature);
        Assert.NotEqual(SignatureOf(secret, sent with { Body = [.. sent.Body, (byte)' '] }), sent.Signature);
        Assert.Equal($"{Clock.GetUtcNow().ToUnixTimeSeconds()}", sent.Timestamp);
        Assert.Equal("application/json", sent.ContentType);
        var text = Encoding.UTF8.GetString(sent.Body);
        Assert.DoesNotContain("陈", text, StringComparison.Ordinal);
        var message = JsonNode.Parse(text)!;
        Assert.Equal("rollup.weekly", (string?)message["type"]);
        var top = message["data"]!["organizations"]![0]!;
        Assert.Equal(("荷塘区", 2, 1, 2), ((string?)top["name"], (int)top["people"]!, (int)top["families"]!, (int)top["channels"]!["phone"]!));
        var page = await administrator.ReadAsync(DeskRoutes.Exports);
        Assert.Contains("已送达", page, StringComparison.Ordinal);
        Assert.DoesNotContain(secret, page, StringComparison.Ordinal);
        await using var db = app.OpenStore();
        var line = await db.AuditEntries.SingleAsync(a => a.Action == AuditAction.RollUpDelivered, Cancellation);
        Assert.Equal(("127.0.0.1", "荷塘区"), (line.Detail, line.OrganizationName));
        Assert.Contains("发送每周汇总到127.0.0.1", await administrator.ReadAsync(DeskRoutes.Audit), StringComparison.Ordinal);

        await PassAsync(app, TimeSpan.FromDays(7));
        await UntilAsync(delivery => delivery.DeliveredAt is not null, deliveries: 2);
        Assert.Equal(2, Platform.Messages.Count);
    }

    [Fact]
    public async Task What_is_answered_with_an_error_is_sent_again_later_the_same_and_across_a_restart()
    {
        var secret = await SetUpAsync();
        Platform.Answers.Enqueue(500);
        Platform.Answers.Enqueue(302); // is not followed
        await PassAsync(app, UntilMonday);
        await UntilAsync(delivery => delivery.Attempts == 1 && delivery.Status == 500);
        Assert.Contains("对方答复500", await administrator.ReadAsync(DeskRoutes.Exports), StringComparison.Ordinal);

        await app.RestartAsync();
        Assert.Single(Platform.Messages);
        Clock.Advance(TimeSpan.FromMinutes(2));
        await UntilAsync(delivery => delivery.Attempts == 2 && delivery.Status == 302);
        Clock.Advance(TimeSpan.FromMinutes(6));
        await UntilAsync(delivery => delivery.DeliveredAt is not null);

        var sent = Platform.Messages.ToArray();
        Assert.Equal(3, sent.Length);
        Assert.Single(sent.Select(message => (message.Id, Convert.ToHexString(message.Body))).Distinct());
        Assert.All(sent, message => Assert.Equal(SignatureOf(secret, message), message.Signature));
    }

    [Fact]
    public async Task What_nobody_takes_for_days_is_given_up_and_said()
    {
        await SetUpAsync();
        foreach (var _ in Enumerable.Range(0, 20))
            Platform.Answers.Enqueue(503);
        await PassAsync(app, UntilMonday);
        await using var db = app.OpenStore();
        for (var attempt = 1; attempt <= 9; attempt++)
        {
            await UntilAsync(delivery => delivery.Attempts == attempt && delivery.AttemptedAt == Clock.GetUtcNow());
            if (await db.ExportDeliveries.Select(d => d.NextAttemptAt).SingleAsync(Cancellation) is { } next)
                await PassAsync(app, next - Clock.GetUtcNow());
        }

        Assert.Contains("没有送达，不再重发", await administrator.ReadAsync(DeskRoutes.Exports), StringComparison.Ordinal);
        Assert.Null((await db.ExportDeliveries.AsNoTracking().SingleAsync(Cancellation)).Body);
    }

    [Fact]
    public async Task Into_the_folder_it_is_written_as_the_desks_own_file()
    {
        await administrator.SendAsync(DeskRoutes.Exports + "?handler=New", ("Form.ToFolder", "true"));
        await PassAsync(app, UntilMonday);
        await UntilAsync(delivery => delivery.DeliveredAt is not null);

        var file = Assert.Single(folder.GetFiles());
        Assert.StartsWith($"rollup-{e.District}-2026-07-20-", file.Name, StringComparison.Ordinal);
        var written = await File.ReadAllTextAsync(file.FullName, Cancellation);
        var desks = await (await administrator.GetAsync("/organize/rollup.csv")).Content.ReadAsByteArrayAsync(Cancellation);
        var lines = Encoding.UTF8.GetString(desks[3..]).Split("\r\n").Where(line => !line.Contains("导出时间"));
        Assert.Equal(lines, written.Split("\r\n").Where(line => !line.Contains("导出时间")));
    }

    [Fact]
    public async Task It_is_sent_at_once_when_asked_and_no_more_once_it_is_ended()
    {
        await SetUpAsync();
        await using var db = app.OpenStore();
        var id = await db.WeeklyExports.Select(x => x.Id).SingleAsync(Cancellation);
        var other = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync(startsAt: July)).District, OrganizerRole.Administrator);
        Assert.Contains("还没有每周发送", await other.ReadAsync(DeskRoutes.Exports), StringComparison.Ordinal);
        await other.SendAsync(DeskRoutes.Exports + "?handler=Revoke", ("export", $"{id}"));
        await other.SendAsync(DeskRoutes.Exports + "?handler=Send", ("export", $"{id}"));
        Assert.Empty(await db.ExportDeliveries.ToListAsync(Cancellation));

        await administrator.SendAsync(DeskRoutes.Exports + "?handler=Send", ("export", $"{id}"));
        await UntilAsync(delivery => delivery.DeliveredAt is not null);
        await administrator.SendAsync(DeskRoutes.Exports + "?handler=Revoke", ("export", $"{id}"));
        await PassAsync(app, UntilMonday);
        await app.Get<WeeklyExportService>().RunAsync(Cancellation);

        Assert.Single(Platform.Messages);
        Assert.Equal(
            [AuditAction.WeeklyExportSet, AuditAction.WeeklyExportEnded, AuditAction.RollUpDelivered, AuditAction.WeeklyExportAsked],
            await db.AuditEntries.Where(a => a.Action >= AuditAction.WeeklyExportSet && a.Action <= AuditAction.WeeklyExportAsked)
                .Select(a => a.Action).OrderBy(a => a).ToListAsync(Cancellation));
        var organizer = await DeskVisitor.SignInAsync(app, e.District);
        Assert.Equal(HttpStatusCode.Forbidden, (await organizer.GetAsync(DeskRoutes.Exports)).StatusCode);
    }

    [Theory]
    [InlineData("Form.Address", "", "地址")]
    [InlineData("Form.Address", "platform", "请填完整的地址")]
    [InlineData("Form.Address", "https://name:word@platform.example/", "请填完整的地址")]
    [InlineData("Form.Hour", "24", "时间请填0到23之间的整数")]
    [InlineData("Form.Weekday", "x", "星期请填1到7之间的整数")]
    [InlineData("Form.OrganizationId", "999999", "组织")]
    public async Task What_does_not_fit_is_said_and_the_form_is_kept(string field, string typed, string said)
    {
        var answer = await administrator.SendAsync(DeskRoutes.Exports + "?handler=New", ("Form.ToFolder", null),
            ("Form.Address", "https://platform.example/hook"), (field, typed));

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var page = await DeskVisitor.TextAsync(answer);
        Assert.Contains(said, page, StringComparison.Ordinal);
        Assert.Contains($"value=\"{(field == "Form.Address" ? typed : "https://platform.example/hook")}\"", page, StringComparison.Ordinal);
        await using var db = app.OpenStore();
        Assert.Empty(await db.WeeklyExports.ToListAsync(Cancellation));
    }

    /// <summary>Sets an export to the receiver up, as an administrator would; the secret that the page shows.</summary>
    private async Task<string> SetUpAsync()
    {
        var answer = await administrator.SendAsync(
            DeskRoutes.Exports + "?handler=New", ("Form.ToFolder", null), ("Form.Address", Platform.Address));
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return Secret().Match(await administrator.ReadAsync(DeskRoutes.Exports)).Groups[1].Value;
    }

    /// <summary>As a receiver computes it, by what the documentation says.</summary>
    private static string SignatureOf(string secret, Received message)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes($"{message.Id}.{message.Timestamp}."), .. message.Body];
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), signed));
    }

    /// <summary>Lets time pass; a day at once would be a clock that is doubted.</summary>
    protected async Task PassAsync(CampaignApp node, TimeSpan time)
    {
        for (var step = TimeSpan.FromHours(12); time > TimeSpan.Zero; time -= step)
        {
            Clock.Advance(time < step ? time : step);
            await node.Get<ClockCheck>().RunAsync(Cancellation);
        }
    }

    /// <summary>Waits until the newest delivery is as it should be; the program's own look, or this one, brings it there.</summary>
    private async Task UntilAsync(Func<ExportDelivery, bool> isSo, int deliveries = 1)
    {
        for (var since = Stopwatch.StartNew(); ;)
        {
            Assert.True(since.Elapsed < TimeSpan.FromMinutes(1), "It never came to it.");
            await app.Get<WeeklyExportService>().RunAsync(Cancellation);
            await using var db = app.OpenStore();
            var found = await db.ExportDeliveries.AsNoTracking().OrderByDescending(d => d.Id).ToListAsync(Cancellation);
            if (found.Count == deliveries && isSo(found[0]))
                return;
            await Task.Yield();
        }
    }

    [GeneratedRegex("id=\"secret\">([^<]*)<")]
    private static partial Regex Secret();
}

public sealed class WeeklyExportsOnSqliteTests() : WeeklyExportsTests(onPostgres: false);

public sealed class WeeklyExportsOnPostgresTests() : WeeklyExportsTests(onPostgres: true)
{
    [Fact]
    public async Task Of_two_nodes_one_sends()
    {
        await using var database = await PostgresDatabase.CreateAsync();
        await using var one = Node(database);
        await one.InitializeAsync();
        await using var other = Node(database);
        await other.InitializeAsync();
        var e = await one.SeedEventAsync(startsAt: Clock.GetUtcNow());
        var administrator = await DeskVisitor.SignInAsync(one, e.District, OrganizerRole.Administrator);
        await administrator.SendAsync(
            DeskRoutes.Exports + "?handler=New", ("Form.ToFolder", null), ("Form.Address", Platform.Address));

        await PassAsync(one, TimeSpan.FromDays(3));
        await other.Get<ClockCheck>().RunAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(new[] { one, other, one, other }.Select(
            node => node.Get<WeeklyExportService>().RunAsync(TestContext.Current.CancellationToken)));
        await using var db = other.OpenStore();
        while (!await db.ExportDeliveries.AnyAsync(d => d.DeliveredAt != null, TestContext.Current.CancellationToken))
            await Task.Yield();

        Assert.Single(Platform.Messages);
        Assert.Equal(1, (await db.ExportDeliveries.SingleAsync(TestContext.Current.CancellationToken)).Attempts);
    }

    private CampaignApp Node(PostgresDatabase database) =>
        new() { Clock = Clock, Settings = database.Settings.Concat(Settings).ToDictionary() };
}
