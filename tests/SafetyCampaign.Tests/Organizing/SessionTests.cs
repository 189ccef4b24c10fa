using System.Net;
using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>A sign-in is a row, so that it ends wherever its cookie was copied. One program for all; its clock only goes on.</summary>
public sealed partial class SessionTests(SessionTests.OneProgram program) : IClassFixture<SessionTests.OneProgram>
{
    private const string ChromeOnWindows =
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36";

    public sealed class OneProgram : IAsyncLifetime
    {
        public FakeTimeProvider Clock { get; } = new(DateTimeOffset.UtcNow);

        public CampaignApp App { get; private set; } = null!;

        public SeededEvent Event { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            App = new CampaignApp { Clock = Clock };
            await App.InitializeAsync();
            Event = await App.SeedEventAsync();
        }

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    private CampaignApp App => program.App;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_copied_cookie_is_worth_nothing_after_signing_out()
    {
        var (visitor, cookie, account) = await SignInAsync();
        Assert.Equal(HttpStatusCode.OK, await WithCopyAsync(cookie));
        await using (var db = App.OpenStore())
            Assert.True(await db.Sessions.AnyAsync(s => s.OrganizerId == account, Cancellation));

        await visitor.SignOutAsync();

        Assert.Equal(HttpStatusCode.Redirect, await WithCopyAsync(cookie));
        await using var after = App.OpenStore();
        Assert.False(await after.Sessions.AnyAsync(s => s.OrganizerId == account, Cancellation));
    }

    [Fact]
    public async Task A_session_ends_after_two_hours_without_work_and_twelve_hours_in_any_case()
    {
        var (visitor, cookie, _) = await SignInAsync();
        // In use every hour and a half.
        for (var i = 0; i < 7; i++)
        {
            program.Clock.Advance(TimeSpan.FromHours(1.5));
            Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);
        }
        program.Clock.Advance(TimeSpan.FromHours(1.6));
        Assert.Equal(HttpStatusCode.Redirect, await WithCopyAsync(cookie)); // 12 hours and 6 minutes

        var (idle, idleCookie, _) = await SignInAsync();
        program.Clock.Advance(TimeSpan.FromHours(1.9));
        Assert.Equal(HttpStatusCode.OK, (await idle.GetAsync("/organize")).StatusCode);
        // A stage that is open beside the desk asks all the time, and is nobody's work.
        program.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(HttpStatusCode.OK, (await idle.GetAsync($"/api/events/{program.Event.Code}")).StatusCode);
        program.Clock.Advance(TimeSpan.FromHours(1.1));
        Assert.Equal(HttpStatusCode.Redirect, await WithCopyAsync(idleCookie));
    }

    [Fact]
    public async Task When_it_was_last_used_is_written_every_few_minutes_and_not_with_each_request()
    {
        var (visitor, _, account) = await SignInAsync();
        var began = await SeenAsync(account);

        program.Clock.Advance(TimeSpan.FromMinutes(4));
        await visitor.GetAsync("/organize");
        Assert.Equal(began, await SeenAsync(account));
        program.Clock.Advance(TimeSpan.FromMinutes(2));
        await visitor.GetAsync("/organize");
        Assert.Equal(began.AddMinutes(6), await SeenAsync(account));
    }

    [Fact]
    public async Task The_list_names_devices_and_signs_out_one_or_all()
    {
        var name = Guid.NewGuid().ToString();
        var account = await DeskVisitor.AddAccountAsync(App, name, program.Event.Organization, OrganizerRole.Observer);
        var here = App.CreateClient();
        here.DefaultRequestHeaders.UserAgent.ParseAdd(ChromeOnWindows);
        var (own, phone, third) = (new DeskVisitor(here), new DeskVisitor(App.CreateClient()), new DeskVisitor(App.CreateClient()));
        await own.SignInAsync(name);
        await phone.SignInAsync(name);
        var (stranger, _, _) = await SignInAsync();

        var page = await own.ReadAsync("/organize/sessions");
        Assert.Contains("Chrome, Windows", page);
        Assert.Contains("未知设备", page);
        Assert.Contains("本机", page);
        var button = Assert.Single(EndButton().Matches(page)).Groups[1].Value;

        // Nobody else can end it.
        await stranger.PostAsync("/organize/sessions?handler=End",
            [.. DeskVisitor.Form(await stranger.ReadAsync("/organize/sessions")), ("session", button)]);
        Assert.Equal(HttpStatusCode.OK, (await phone.GetAsync("/organize")).StatusCode);
        await own.SendAsync("/organize/sessions?handler=End", ("session", button));
        Assert.Equal(HttpStatusCode.Redirect, (await phone.GetAsync("/organize")).StatusCode);
        Assert.Contains("已在那台设备退出", await own.ReadAsync("/organize/sessions"));

        await third.SignInAsync(name);
        Assert.Equal("/organize/sign-in", (await own.SendAsync("/organize/sessions?handler=EndAll")).Headers.Location?.ToString());
        foreach (var ended in new[] { own, third })
            Assert.Equal(HttpStatusCode.Redirect, (await ended.GetAsync("/organize")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await stranger.GetAsync("/organize")).StatusCode);
        await using var db = App.OpenStore();
        Assert.False(await db.Sessions.AnyAsync(s => s.OrganizerId == account, Cancellation));
    }

    [Fact]
    public async Task Administrators_see_and_end_the_sessions_of_accounts_in_their_reach_and_of_no_other()
    {
        var administrator = await DeskVisitor.SignInAsync(App, program.Event.District, OrganizerRole.Administrator);
        var outsider = await DeskVisitor.SignInAsync(App, (await App.SeedEventAsync()).District, OrganizerRole.Administrator);
        var (visitor, _, account) = await SignInAsync();
        var address = $"/organize/accounts/{account}";
        var form = DeskVisitor.Form(await outsider.ReadAsync("/organize/password"));

        Assert.Equal(HttpStatusCode.NotFound, (await outsider.PostAsync($"{address}?handler=EndAll", form)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);
        Assert.Single(EndButton().Matches(await administrator.ReadAsync(address)));
        await administrator.SendAsync($"{address}?handler=EndAll");

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/organize")).StatusCode);
        Assert.Contains("已在所有设备退出", await administrator.ReadAsync(address));
    }

    [Fact]
    public async Task A_new_stamp_ends_sessions_without_a_word_to_this_node()
    {
        var (visitor, _, account) = await SignInAsync();

        // As another node would write it.
        await using (var db = App.OpenStore())
            await db.Users.Where(o => o.Id == account)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.SecurityStamp, "new"), Cancellation);

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/organize")).StatusCode);
    }

    [Fact]
    public async Task Who_signs_in_again_has_a_new_key_and_the_old_one_ends()
    {
        var (visitor, cookie, account) = await SignInAsync();
        await using var db = App.OpenStore();
        var name = await db.Users.Where(o => o.Id == account).Select(o => o.UserName!).SingleAsync(Cancellation);
        var form = DeskVisitor.Form(await visitor.ReadAsync("/organize/password"));

        var again = await visitor.PostAsync("/organize/sign-in", [.. form, ("Name", name), ("Password", DeskVisitor.Password)]);

        Assert.Equal("/organize", again.Headers.Location?.ToString());
        Assert.NotEqual(cookie, CookieOf(again));
        Assert.Equal(HttpStatusCode.Redirect, await WithCopyAsync(cookie));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);
    }

    [Fact]
    public async Task While_the_store_is_away_the_desk_says_so_and_pages_for_everybody_open()
    {
        var away = false;
        await using var app = new CampaignApp
        {
            Parts = services => services.AddSingleton(provider =>
            {
                var options = provider.GetRequiredService<DbContextOptions<SqliteCampaignDb>>();
                return new CampaignDbFactory(scope => away ? throw new SqliteException("away", 14) : new SqliteCampaignDb(options, scope));
            }),
        };
        await app.InitializeAsync();
        var visitor = await DeskVisitor.SignInAsync(app, (await app.SeedEventAsync()).Organization);

        away = true;
        var desk = await visitor.GetAsync("/organize");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, desk.StatusCode);
        Assert.Equal(2, desk.Headers.RetryAfter!.Delta!.Value.TotalSeconds);
        Assert.Contains("</html>", await DeskVisitor.TextAsync(desk));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/")).StatusCode);

        away = false;
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);
    }

    /// <summary>It named the account, its role and its organization, and was believed for as long as it was not expired.</summary>
    [Fact]
    public async Task A_cookie_of_an_earlier_version_asks_for_a_clean_sign_in()
    {
        var (_, _, account) = await SignInAsync();
        var scheme = IdentityConstants.ApplicationScheme;
        var cookies = App.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(scheme);
        var old = new ClaimsIdentity(
            [new(ClaimTypes.NameIdentifier, $"{account}"), new(ClaimTypes.Role, "Administrator"), new("organization", "/1/")], scheme);
        var ticket = new AuthenticationTicket(new ClaimsPrincipal(old),
            new AuthenticationProperties { ExpiresUtc = program.Clock.GetUtcNow().AddHours(1) }, scheme);

        Assert.Equal(HttpStatusCode.Redirect, await WithCopyAsync($"desk={cookies.TicketDataFormat.Protect(ticket)}"));
    }

    [Fact]
    public async Task Rows_of_sessions_that_are_over_are_deleted_and_open_ones_stay()
    {
        var (_, _, over) = await SignInAsync();
        program.Clock.Advance(TimeSpan.FromHours(3));
        var (visitor, _, open) = await SignInAsync();

        await App.Get<OrganizerSessions>().CleanUpAsync(Cancellation);

        await using var db = App.OpenStore();
        Assert.Equal([open], await db.Sessions.Where(s => s.OrganizerId == over || s.OrganizerId == open).Select(s => s.OrganizerId)
            .ToListAsync(Cancellation));
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);
    }

    [Theory]
    [InlineData(ChromeOnWindows, "Chrome, Windows")]
    [InlineData("Mozilla/5.0 (Linux; Android 13; wv) Chrome/126.0 Safari/537.36 MicroMessenger/8.0.50", "WeChat, Android")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Mobile/15E148 Safari/604.1", "Safari, iPhone")]
    [InlineData("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0", "Edge, macOS")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0", "Firefox, Linux")]
    [InlineData("curl/8.0", "")]
    public void A_device_is_told_in_words(string userAgent, string words) => Assert.Equal(words, DeviceDescription.Of(userAgent));

    private async Task<(DeskVisitor Visitor, string Cookie, int Account)> SignInAsync()
    {
        var name = Guid.NewGuid().ToString();
        var account = await DeskVisitor.AddAccountAsync(App, name, program.Event.Organization);
        var visitor = new DeskVisitor(App.CreateClient());
        return (visitor, CookieOf(await visitor.SignInAsync(name)), account);
    }

    private static string CookieOf(HttpResponseMessage signedIn) =>
        signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("desk=", StringComparison.Ordinal)).Split(';')[0];

    private async Task<HttpStatusCode> WithCopyAsync(string cookie)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/organize");
        request.Headers.Add("Cookie", cookie);
        return (await App.CreateClient().SendAsync(request, Cancellation)).StatusCode;
    }

    private async Task<DateTimeOffset> SeenAsync(int account)
    {
        await using var db = App.OpenStore();
        return await db.Sessions.Where(s => s.OrganizerId == account).Select(s => s.LastSeenAt).SingleAsync(Cancellation);
    }

    [GeneratedRegex("name=\"session\" value=\"(\\d+)\"")]
    private static partial Regex EndButton();
}
