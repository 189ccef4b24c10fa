using System.Net;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Desk;

/// <summary>Signing out here ends the session at the provider too: on a shared computer the next person would be let in by it.</summary>
public sealed partial class IdentityProviderTests
{
    [Fact]
    public async Task Whoever_came_by_the_provider_is_led_there_to_sign_out_once_and_back_to_the_sign_in_page()
    {
        await AddAccountAsync(Provider.Subject);
        var visitor = new DeskVisitor(app.OpenBrowser());
        await SignInAsync(visitor.Client);
        var form = DeskVisitor.Form(await visitor.ReadAsync(DeskRoutes.Sessions));

        var left = await visitor.PostAsync(DeskRoutes.SignOut, form);

        Assert.Equal(DeskRoutes.SignIn, left.Headers.Location?.ToString());
        var page = await visitor.GetAsync(DeskRoutes.SignIn);
        var there = $"{Provider.Issuer}/end-session?realm=schools&client_id={TestIdentityProvider.ClientId}"
            + $"&post_logout_redirect_uri={Uri.EscapeDataString(new Uri(app.Address, DeskRoutes.SignIn).ToString())}";
        Assert.Equal($"0; url={there}", Assert.Single(page.Headers.GetValues("Refresh")));
        Assert.Contains($"href=\"{there}\"", await DeskVisitor.TextAsync(page));
        Assert.Equal(new Uri(app.Address, DeskRoutes.SignIn), (await this.there.GetAsync(new Uri(there), Cancellation)).Headers.Location);

        var again = await visitor.GetAsync(DeskRoutes.SignIn);
        Assert.False(again.Headers.Contains("Refresh"));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
    }

    [Fact]
    public async Task Whoever_came_by_password_is_led_nowhere()
    {
        string name = "";
        await AddAccountAsync(null, account => name = account.UserName!);
        var visitor = new DeskVisitor(app.OpenBrowser());
        await visitor.SignInAsync(name);

        await visitor.PostAsync(DeskRoutes.SignOut, DeskVisitor.Form(await visitor.ReadAsync(DeskRoutes.Sessions)));

        Assert.False((await visitor.GetAsync(DeskRoutes.SignIn)).Headers.Contains("Refresh"));
    }
}
