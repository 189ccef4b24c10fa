using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>The class relay on https, where a service worker opens it again without a network.</summary>
public sealed class SecureRelayJourneys(Browser browser)
    : Journey(browser, new CampaignApp { Kestrel = true, Certificate = MakeCertificate() })
{
    private const int Pupils = 45;
    private const string Reopens = "没有网络时，关掉这一页也能再打开";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_class_of_45_signs_without_a_network_with_the_page_closed_and_opened_three_times_and_nothing_is_lost()
    {
        var e = await App.SeedEventAsync();
        var names = Enumerable.Range(0, Pupils).Select(i => $"学生{(char)('一' + i)}").ToList();
        var pupils = await App.SeedRosterAsync(e, e.Primary, [.. names.Select((name, i) => ((int?)(i + 1), name))]);
        var (_, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var tablet = await SecureAsync();
        var page = $"/class/{secret}/relay";
        await tablet.GotoAsync(page);
        await Expect(tablet.Locator("#promise")).ToContainTextAsync(Reopens);
        await ControlledAsync(tablet);
        await AccessibleAsync(tablet);
        var signedAt = new List<(DateTimeOffset From, DateTimeOffset To)>();
        await StartAsync(tablet, names[0]);
        await SignAsync(tablet, signedAt);
        await Expect(tablet.Locator("#pad-sync")).ToContainTextAsync("已送达1");

        var context = tablet.Context;
        await context.SetOfflineAsync(true);
        for (var i = 1; i < Pupils; i++)
        {
            if (i is 10 or 25 or 40)
            {
                if (i == 25)
                    await tablet.ReloadAsync();
                else
                {
                    await tablet.CloseAsync();
                    tablet = await context.NewPageAsync();
                    await tablet.GotoAsync(page);
                }
                await Expect(tablet.Locator("#promise")).ToContainTextAsync(Reopens);
                Assert.Equal("signed", await tablet.Locator($"[data-name={names[0]}]").GetAttributeAsync("data-state"));
                await StartAsync(tablet, names[i]);
            }
            await Expect(tablet.Locator("#pad h2")).ToContainTextAsync(names[i]);
            await SignAsync(tablet, signedAt);
        }
        await Expect(tablet.Locator("#all-done")).ToBeVisibleAsync();
        Assert.DoesNotContain("学生", await KeptAsync(tablet)); // sealed
        Assert.DoesNotContain(secret, await KeptAsync(tablet));
        Assert.Contains("/class/-/kept/", await KeptAsync(tablet));

        await context.SetOfflineAsync(false);
        await tablet.EvaluateAsync("dispatchEvent(new Event('online'))");
        await Expect(tablet.Locator("#sync")).ToContainTextAsync("没有待送出的", new() { Timeout = 60_000 });
        await Expect(tablet.Locator("#promise")).Not.ToContainTextAsync(Reopens);
        Assert.DoesNotContain("/class/-/kept/", await KeptAsync(tablet)); // all have had a turn, and all is sent
        await using var db = App.OpenStore();
        var rows = await db.Pledges.AsNoTracking().Where(p => p.EventId == e.Id).ToListAsync(Cancellation);
        Assert.Equal(pupils.Order(), rows.Select(p => p.RosterEntryId!.Value).Order());
        Assert.All(rows, p => Assert.Equal(SigningChannel.Relay, p.Channel));
        Assert.Equal(Pupils, await db.Signatures.CountAsync(Cancellation));
        foreach (var (pupil, i) in pupils.Select((pupil, i) => (pupil, i)))
            Assert.InRange(rows.Single(p => p.RosterEntryId == pupil).SignedAt, signedAt[i].From, signedAt[i].To);
        // Opened by the network once; the device's own copy is no opening.
        Assert.Equal(1, await db.AuditEntries.CountAsync(a => a.Action == AuditAction.ClassLinkOpened, Cancellation));
    }

    [Fact]
    public async Task A_link_that_is_revoked_leaves_nothing_on_the_device_and_other_pages_of_a_class_do_not_open_without_a_network()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (id, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var tablet = await SecureAsync();
        await tablet.GotoAsync($"/class/{secret}/relay");
        await Expect(tablet.Locator("#promise")).ToContainTextAsync(Reopens);
        await ControlledAsync(tablet);
        await tablet.Context.SetOfflineAsync(true);
        var other = await tablet.Context.NewPageAsync(); // the browser's own page of a failure ends the next navigation of its tab
        await Assert.ThrowsAsync<PlaywrightException>(() => other.GotoAsync($"/class/{secret}"));
        await tablet.GotoAsync($"/class/{secret}/relay");
        await Expect(tablet.Locator("#start")).ToHaveTextAsync("开始：王小明");
        await tablet.Context.SetOfflineAsync(false);
        await using (var db = App.OpenStore())
            await db.ClassLinks.Where(l => l.Id == id)
                .ExecuteUpdateAsync(l => l.SetProperty(x => x.RevokedAt, DateTimeOffset.UnixEpoch), Cancellation);

        var answer = await tablet.GotoAsync($"/class/{secret}/relay");

        Assert.Equal((int)HttpStatusCode.NotFound, answer!.Status);
        Assert.DoesNotContain("/class/-/kept/", await KeptAsync(tablet));
        await tablet.Context.SetOfflineAsync(true);
        await Assert.ThrowsAsync<PlaywrightException>(() => tablet.GotoAsync($"/class/{secret}/relay"));
    }

    [Fact]
    public async Task What_waits_by_a_link_that_the_server_does_not_know_stays_with_its_page_until_it_does()
    {
        var e = await App.SeedEventAsync();
        await App.SeedRosterAsync(e, e.Primary, (1, "王小明"), (2, "王小红"));
        var (id, secret) = await App.SeedClassLinkAsync(e, e.Primary);
        var tablet = await SecureAsync();
        await tablet.GotoAsync($"/class/{secret}/relay");
        await Expect(tablet.Locator("#promise")).ToContainTextAsync(Reopens);
        await ControlledAsync(tablet);
        await StartAsync(tablet, "王小明");
        await SetRevokedAsync(DateTimeOffset.UnixEpoch);
        await SignAsync(tablet, []);
        await Expect(tablet.Locator("#refused li")).ToHaveCountAsync(1);

        await tablet.GotoAsync($"/class/{secret}/relay");
        await Expect(tablet.Locator("#refused")).ToContainTextAsync("能收的时候会自动再送");
        await Expect(tablet.Locator("#save-file")).ToHaveCountAsync(1);
        await SetRevokedAsync(null);
        await tablet.EvaluateAsync("dispatchEvent(new Event('online'))");

        await Expect(tablet.Locator("[data-name=王小明]")).ToHaveAttributeAsync("data-state", "signed");

        async Task SetRevokedAsync(DateTimeOffset? at)
        {
            await using var db = App.OpenStore();
            await db.ClassLinks.Where(l => l.Id == id).ExecuteUpdateAsync(l => l.SetProperty(x => x.RevokedAt, at), Cancellation);
        }
    }

    private Task<IPage> SecureAsync() => StageAsync(with =>
    {
        with.ViewportSize = new ViewportSize { Width = 1024, Height = 768 };
        with.BaseURL = App.SecureAddress.ToString();
        with.IgnoreHTTPSErrors = true;
    });

    private static Task ControlledAsync(IPage page) => page.WaitForFunctionAsync("() => navigator.serviceWorker.controller !== null");

    private static async Task StartAsync(IPage page, string name)
    {
        await Expect(page.Locator("#start")).ToContainTextAsync(name);
        await page.Locator("#start").ClickAsync();
        await page.Locator("[data-turn=sign]").ClickAsync();
    }

    private static async Task SignAsync(IPage page, List<(DateTimeOffset, DateTimeOffset)> signedAt)
    {
        // The page tells milliseconds.
        var from = DateTimeOffset.FromUnixTimeMilliseconds(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
        await page.Locator("#pad canvas").SignAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "完成" }).ClickAsync();
        signedAt.Add((from, DateTimeOffset.UtcNow));
    }

    /// <summary>The addresses and contents that the browser's caches hold.</summary>
    private static Task<string> KeptAsync(IPage page) => page.EvaluateAsync<string>(
        """
        async () => {
          const all = [];
          for (const name of await caches.keys()) {
            const cache = await caches.open(name);
            for (const request of await cache.keys())
              if (!/\/(dist|img)\//.test(request.url))
                all.push(request.url, await (await cache.match(request)).text());
          }
          return all.join(' ');
        }
        """);

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=127.0.0.1", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(2));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }
}
