using System.Net;
using System.Text;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

public sealed class SignInTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("王老师", "王老师")]
    [InlineData("刘𠮷 老师", " 刘𠮷 老师 ")]
    [InlineData("Müller", "MU\u0308LLER")]
    [InlineData("li.wei@school", "Li.Wei@School")]
    public async Task A_name_may_be_anything_and_is_known_however_it_is_typed(string name, string typed)
    {
        var e = await app.SeedEventAsync();
        await DeskVisitor.AddAccountAsync(app, name.Normalize(NormalizationForm.FormC), e.Organization);
        var visitor = new DeskVisitor(app.CreateClient());

        var answer = await visitor.SignInAsync(typed);

        Assert.Equal("/organize", answer.Headers.Location?.ToString());
        Assert.Contains(name.Normalize(NormalizationForm.FormC), await visitor.ReadAsync("/organize"));
    }

    [Fact]
    public async Task An_unknown_name_and_a_wrong_password_get_the_same_answer()
    {
        var e = await app.SeedEventAsync();
        await DeskVisitor.AddAccountAsync(app, "known", e.Organization);

        var wrong = await new DeskVisitor(app.CreateClient()).SignInAsync("known", "not the password");
        var unknown = await new DeskVisitor(app.CreateClient()).SignInAsync("nobody", "not the password");

        Assert.Equal(HttpStatusCode.OK, wrong.StatusCode);
        Assert.Equal(await WithoutTokenAsync(wrong, "known"), await WithoutTokenAsync(unknown, "nobody"));
        Assert.Contains("用户名或密码不对", await DeskVisitor.TextAsync(wrong));
    }

    [Theory]
    [InlineData("/organize/organizations", "/organize/organizations")]
    [InlineData("https://evil.example/organize", "/organize")]
    [InlineData("//evil.example", "/organize")]
    [InlineData("/\\evil.example", "/organize")]
    public async Task Leads_back_to_where_one_came_from_and_nowhere_else(string returnUrl, string led)
    {
        var e = await app.SeedEventAsync();
        var name = Guid.NewGuid().ToString();
        await DeskVisitor.AddAccountAsync(app, name, e.Organization);

        var answer = await new DeskVisitor(app.CreateClient()).SendAsync(
            $"/organize/sign-in?returnUrl={Uri.EscapeDataString(returnUrl)}", ("name", name), ("password", DeskVisitor.Password));

        Assert.Equal(led, answer.Headers.Location?.ToString());
    }

    [Fact]
    public async Task The_button_signs_out_and_a_link_cannot()
    {
        var e = await app.SeedEventAsync();
        var visitor = await DeskVisitor.SignInAsync(app, e.Organization);

        await visitor.GetAsync("/organize/sign-out");
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);

        var left = await visitor.SignOutAsync();
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/organize")).StatusCode);
        // Not "storage": the phone page keeps pledges there that wait to be sent. Not "cookies": other sites of the domain have theirs.
        Assert.Equal("\"cache\"", Assert.Single(left.Headers.GetValues("Clear-Site-Data")));
    }

    [Fact]
    public async Task A_restart_of_the_program_signs_nobody_out()
    {
        await using var restarted = new CampaignApp { Kestrel = true };
        await restarted.InitializeAsync();
        var e = await restarted.SeedEventAsync();
        await DeskVisitor.AddAccountAsync(restarted, "刘老师", e.Organization);
        using var browser = new HttpClient { BaseAddress = restarted.Address }; // The host's own clients end with it.
        var visitor = new DeskVisitor(browser);
        await visitor.SignInAsync("刘老师");

        await restarted.RestartAsync();

        Assert.Contains("<span>刘老师</span>", await visitor.ReadAsync("/organize"));
    }

    [Fact]
    public async Task Where_no_identity_provider_is_configured_nothing_speaks_of_one()
    {
        var visitor = new DeskVisitor(app.CreateClient());

        Assert.DoesNotContain(DeskRoutes.ProviderSignIn, await visitor.ReadAsync(DeskRoutes.SignIn));
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(DeskRoutes.ProviderSignIn)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.GetAsync(DeskRoutes.ProviderCallback)).StatusCode);
    }

    [Fact]
    public async Task A_form_from_elsewhere_is_refused()
    {
        var e = await app.SeedEventAsync();
        var visitor = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);

        var answer = await visitor.PostAsync("/organize/accounts/new", [("Name", "smuggled")]);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData("http", false)]
    [InlineData("https", true)]
    public async Task The_cookie_is_kept_from_scripts_other_sites_and_open_lines(string scheme, bool secure)
    {
        var e = await app.SeedEventAsync();
        var name = Guid.NewGuid().ToString();
        await DeskVisitor.AddAccountAsync(app, name, e.Organization);
        var client = app.CreateClient();
        client.BaseAddress = new UriBuilder(client.BaseAddress!) { Scheme = scheme, Port = -1 }.Uri;

        var visitor = new DeskVisitor(client);

        var answer = await visitor.SignInAsync(name);

        // The antiforgery cookie came with the page.
        var names = new List<string>();
        foreach (var cookie in answer.Headers.GetValues("Set-Cookie"))
        {
            names.Add(cookie.Split('=')[0]);
            Assert.Contains("httponly", cookie);
            Assert.Contains("samesite=lax", cookie);
            Assert.Contains("path=/;", cookie);
            Assert.DoesNotContain("domain", cookie);
            Assert.Equal(secure, cookie.Contains("secure"));
        }
        Assert.Equal(secure ? ["__Host-desk", "__Host-desk-device"] : ["desk", "desk-device"], names.Order());
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/organize")).StatusCode);
    }

    [Fact]
    public async Task Over_https_a_cookie_that_anybody_could_have_planted_is_not_read()
    {
        var e = await app.SeedEventAsync();
        var name = Guid.NewGuid().ToString();
        await DeskVisitor.AddAccountAsync(app, name, e.Organization);
        var signedIn = await new DeskVisitor(app.CreateClient()).SignInAsync(name);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("desk=", StringComparison.Ordinal)).Split(';')[0];

        foreach (var (scheme, sent, expected) in new[]
        {
            ("http", cookie, HttpStatusCode.OK), ("https", cookie, HttpStatusCode.Redirect),
            ("https", $"__Host-{cookie}", HttpStatusCode.OK),
        })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"{scheme}://localhost/organize");
            request.Headers.Add("Cookie", sent);
            Assert.Equal(expected, (await app.CreateClient().SendAsync(request, Cancellation)).StatusCode);
        }
    }

    private static async Task<string> WithoutTokenAsync(HttpResponseMessage answer, string name)
    {
        var page = await DeskVisitor.TextAsync(answer);
        var token = DeskVisitor.Form(page).Single(field => field.Name == "__RequestVerificationToken").Value!;
        return page.Replace(token, "").Replace(name, "");
    }
}
