using System.Net;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Desk;

/// <summary>What the provider answers and how: nothing that does not hold signs anybody in, and no log holds it.</summary>
public sealed partial class IdentityProviderTests
{
    private const string Refused = "没有通过核对";
    private const string NotBegunHere = "不是在这个浏览器里开始的";

    public static TheoryData<string> Misbehaviours => [.. Ways.Keys];

    private static readonly Dictionary<string, Action<TestIdentityProvider>> Ways = new()
    {
        ["another nonce"] = p => p.Tamper = claims => claims["nonce"] = "another",
        ["no nonce"] = p => p.Tamper = claims => claims.Remove("nonce"),
        ["another audience"] = p => p.Tamper = claims => claims["aud"] = "another-program",
        ["another issuer"] = p => p.Tamper = claims => claims["iss"] = "http://localhost:1",
        ["expired"] = p => p.Tamper = claims => claims["exp"] = DateTimeOffset.UtcNow.AddMinutes(-10).ToUnixTimeSeconds(),
        ["not signed"] = p => p.Algorithm = "none",
        ["without its signature"] = p => p.StripsSignature = true,
        ["signed with the shared secret"] = p => p.Algorithm = "HS256",
        ["signed with a foreign key"] = p => p.SignsWithForeignKey = true,
        ["no subject"] = p => p.Tamper = claims => claims.Remove("sub"),
        ["an endless subject"] = p => p.Tamper = claims => claims["sub"] = new string('x', 129),
        ["a subject that cannot be seen"] = p => p.Tamper = claims => claims["sub"] = "a\u200bb",
        ["no token"] = p => p.TokenError = "invalid_client",
        ["an error"] = p => p.Error = "server_error",
    };

    [Theory, MemberData(nameof(Misbehaviours))]
    public async Task What_does_not_hold_signs_nobody_in_and_is_said(string way)
    {
        var account = await AddAccountAsync(Provider.Subject);
        Ways[way](Provider);
        var visitor = new DeskVisitor(app.OpenBrowser());

        Assert.Contains(Refused, await SaidAsync(visitor));

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
        await using var db = app.OpenStore();
        Assert.False(await db.Sessions.AnyAsync(s => s.OrganizerId == account, Cancellation));
        Provider.Reset();
        Assert.Equal(DeskRoutes.Home, (await SignInAsync(visitor.Client)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task An_answer_that_was_not_asked_for_here_or_is_used_again_signs_nobody_in_and_is_said()
    {
        await AddAccountAsync(Provider.Subject);
        var visitor = new DeskVisitor(app.OpenBrowser());
        var callback = (await ThereAsync(visitor.Client)).ToString();

        foreach (var wrong in new[]
        {
            callback.Replace("state=", "state=x"), QueryHelpers.AddQueryString(callback.Split('?')[0], "code", "guessed"),
            callback.Split('?')[0], callback[..^40],
        })
            Assert.Contains(NotBegunHere, await LedToAsync(visitor, await visitor.Client.GetAsync(new Uri(wrong), Cancellation)));
        var other = new DeskVisitor(app.OpenBrowser("en"));
        var answer = await other.Client.GetAsync(new Uri(callback), Cancellation);
        Assert.Contains("was not begun in this browser", await LedToAsync(other, answer));
        var posted = await visitor.PostAsync(DeskRoutes.ProviderCallback, [("code", "guessed"), ("state", "guessed")]);
        Assert.Contains(NotBegunHere, await LedToAsync(visitor, posted));

        Assert.Equal(DeskRoutes.Home, (await visitor.Client.GetAsync(new Uri(callback), Cancellation)).Headers.Location?.ToString());
        await visitor.SignOutAsync();
        Assert.Contains(NotBegunHere, await LedToAsync(visitor, await visitor.Client.GetAsync(new Uri(callback), Cancellation)));
    }

    [Fact]
    public async Task Whoever_turns_back_at_the_provider_is_told_so_and_still_gets_where_they_wanted()
    {
        await AddAccountAsync(Provider.Subject);
        var visitor = new DeskVisitor(app.OpenBrowser("en"));
        Provider.Error = "access_denied";

        var page = await LedToAsync(visitor, await SignInAsync(visitor.Client, "/organize/sessions"));

        Assert.Contains("You cancelled at the identity provider", page);
        Assert.Contains($"{DeskRoutes.ProviderSignIn}?returnUrl=%2Forganize%2Fsessions", page);
    }

    [Fact]
    public async Task Attempts_that_are_not_ended_do_not_pile_up_in_the_browser()
    {
        await AddAccountAsync(Provider.Subject);
        var browser = app.OpenBrowser();
        var dropped = 0;
        for (var i = 0; i <= IdentityProviderEvents.MaxAttempts; i++)
            dropped += (await browser.GetAsync(new Uri(DeskRoutes.ProviderSignIn, UriKind.Relative), Cancellation))
                .Headers.GetValues("Set-Cookie").Count(cookie => cookie.Contains("expires=Thu, 01 Jan 1970"));

        Assert.Equal(2 * IdentityProviderEvents.MaxAttempts, dropped);
        Assert.Equal(DeskRoutes.Home, (await SignInAsync(browser)).Headers.Location?.ToString());
    }

    [Fact]
    public async Task No_log_holds_what_the_provider_sent()
    {
        await AddAccountAsync(Provider.Subject);
        await SignInAsync(app.OpenBrowser());
        foreach (var way in Ways.Values)
        {
            Provider.Reset();
            way(Provider);
            await SignInAsync(app.OpenBrowser());
        }
        Provider.Reset();
        var known = Provider.Subject;
        Provider.Subject = $"stranger-{Guid.NewGuid():N}";
        await SignInAsync(app.OpenBrowser());

        string[] secrets = [known, Provider.Subject, TestIdentityProvider.ClientSecret, .. Provider.Secrets];
        Assert.NotEmpty(Provider.Secrets);
        Assert.Contains(app.Log.Lines, line => line.Contains("does not hold") && line.Contains("invalid_client"));
        Assert.DoesNotContain(app.Log.Lines, line => secrets.Any(line.Contains));
        Assert.DoesNotContain(app.Log.Lines, line => line.Contains("   at ")); // nor a stack trace
    }
}
