using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
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

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account_and_nothing_tells_a_stranger_that_there_is_one()
    {
        var e = await app.SeedEventAsync();
        var id = await DeskVisitor.AddAccountAsync(app, "forgetful", e.Organization);
        var visitor = new DeskVisitor(app.CreateClient());
        for (var i = 0; i < 5; i++)
            Assert.Contains("连续输错5次，账号会锁定10分钟", await DeskVisitor.TextAsync(await visitor.SignInAsync("forgetful", "wrong again")));

        var locked = await visitor.SignInAsync("forgetful");
        var unknown = await visitor.SignInAsync("nobody");
        Assert.Equal(HttpStatusCode.OK, locked.StatusCode);
        Assert.Equal(await WithoutTokenAsync(locked, "forgetful"), await WithoutTokenAsync(unknown, "nobody"));

        await using (var db = app.OpenStore())
            await db.Users.Where(o => o.Id == id)
                .ExecuteUpdateAsync(set => set.SetProperty(o => o.LockoutEnd, DateTimeOffset.UnixEpoch), Cancellation);
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync("forgetful")).StatusCode);
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

        await visitor.PostAsync("/organize/sign-out", DeskVisitor.Form(await visitor.ReadAsync("/organize/password")));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync("/organize")).StatusCode);
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

        var answer = await new DeskVisitor(client).SignInAsync(name);

        var cookie = Assert.Single(answer.Headers.GetValues("Set-Cookie"), c => c.StartsWith("desk=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie);
        Assert.Contains("samesite=lax", cookie);
        Assert.Equal(secure, cookie.Contains("secure"));
    }

    private static async Task<string> WithoutTokenAsync(HttpResponseMessage answer, string name)
    {
        var page = await DeskVisitor.TextAsync(answer);
        var token = DeskVisitor.Form(page).Single(field => field.Name == "__RequestVerificationToken").Value!;
        return page.Replace(token, "").Replace(name, "");
    }
}
