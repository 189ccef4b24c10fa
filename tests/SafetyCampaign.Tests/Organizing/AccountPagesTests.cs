using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

public sealed partial class AccountPagesTests : IAsyncLifetime
{
    private readonly CampaignApp app = new();
    private SeededEvent e = null!;
    private DeskVisitor administrator = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await app.InitializeAsync();
        e = await app.SeedEventAsync();
        administrator = await DeskVisitor.SignInAsync(app, e.District, OrganizerRole.Administrator);
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    [Fact]
    public async Task A_new_colleague_signs_in_with_the_password_shown_once()
    {
        var answer = await administrator.SendAsync("/organize/accounts/new", ("Name", "刘老师"), ("RoleForm.Role", "Observer"),
            ("RoleForm.OrganizationId", $"{e.Organization}"));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var password = ShownPassword(await administrator.ReadAsync("/organize/accounts/new"));
        var colleague = new DeskVisitor(app.CreateClient());
        Assert.Equal(HttpStatusCode.Redirect, (await colleague.SignInAsync("刘老师", password)).StatusCode);
        await colleague.ChangePasswordAsync(password, "另外四个不相干的词");
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync("/organize/events/new")).StatusCode);
        Assert.DoesNotContain(password, await administrator.ReadAsync("/organize/accounts/new"));
    }

    [Fact]
    public async Task A_generated_password_is_shown_again_until_it_was_used()
    {
        await administrator.SendAsync("/organize/accounts/new", ("Name", "刘老师"),
            ("RoleForm.Role", "Observer"), ("RoleForm.OrganizationId", $"{e.Organization}"));
        var made = ShownPassword(await administrator.ReadAsync("/organize/accounts/new"));
        var page = $"/organize/accounts/{(await AccountAsync()).Id}";
        Assert.DoesNotContain(made, await administrator.ReadAsync(page));
        Assert.DoesNotContain(made, (await AccountAsync()).GeneratedPassword);

        Assert.Equal(made, await ShowAsync());
        Assert.DoesNotContain(made, await administrator.ReadAsync(page)); // gone once shown
        await administrator.PostAsync($"{page}?handler=ResetPassword", await TokenAsync());
        var reset = ShownPassword(await administrator.ReadAsync(page));
        Assert.Equal(reset, await ShowAsync());
        await new DeskVisitor(app.CreateClient()).SignInAsync("刘老师", made); // the one before, which is right no more
        Assert.NotNull((await AccountAsync()).GeneratedPassword);

        await new DeskVisitor(app.CreateClient()).SignInAsync("刘老师", reset);

        Assert.Null((await AccountAsync()).GeneratedPassword);
        Assert.DoesNotContain("再显示一次", await administrator.ReadAsync(page));
        var late = await administrator.PostAsync($"{page}?handler=ShowPassword", await TokenAsync()); // from a page that was open
        Assert.Contains("不能再显示了", await DeskVisitor.TextAsync(late));
        await using var db = app.OpenStore();
        Assert.Equal(2, await db.AuditEntries.CountAsync(a => a.Action == AuditAction.GeneratedPasswordShown, Cancellation));

        async Task<string> ShowAsync()
        {
            Assert.Contains("再显示一次", await administrator.ReadAsync(page));
            await administrator.PostAsync($"{page}?handler=ShowPassword", await TokenAsync());
            return ShownPassword(await administrator.ReadAsync(page));
        }

        async Task<Organizer> AccountAsync()
        {
            await using var store = app.OpenStore();
            return await store.Users.SingleAsync(o => o.UserName == "刘老师", Cancellation);
        }
    }

    [Theory]
    [InlineData("Name", "王老师", "“王老师”已经有人使用")]
    [InlineData("Name", " ", "用户名请填")]
    [InlineData("Password", "刘老师刘老师刘老师", "太容易被猜到")]
    [InlineData("Password", "short", "密码至少要8个字符")]
    public async Task A_refused_account_keeps_the_form(string field, string value, string said)
    {
        await DeskVisitor.AddAccountAsync(app, "王老师", e.Organization);

        var answer = await administrator.SendAsync("/organize/accounts/new",
            ("Name", "刘老师刘老师刘老师"), ("RoleForm.Role", "Observer"), ("RoleForm.OrganizationId", $"{e.Organization}"), (field, value));

        var page = await DeskVisitor.TextAsync(answer);
        Assert.Contains(said, page);
        Assert.Matches("value=\"Observer\"[^>]*checked", page);
        Assert.Contains($"<option value=\"{e.Organization}\" selected", page.Replace("selected=\"selected\" value", "value"),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_puts_an_account_outside_the_own_reach()
    {
        var other = await app.SeedEventAsync();

        var made = await administrator.SendAsync("/organize/accounts/new", ("Name", "外人"),
            ("RoleForm.OrganizationId", $"{other.Organization}"));
        var id = await DeskVisitor.AddAccountAsync(app, "刘老师", e.Organization);
        var moved = await administrator.PostAsync($"/organize/accounts/{id}",
            [.. await TokenAsync(), ("RoleForm.Role", "Observer"), ("RoleForm.OrganizationId", $"{other.Organization}")]);

        Assert.Equal([HttpStatusCode.NotFound, HttpStatusCode.NotFound], [made.StatusCode, moved.StatusCode]);
        await using var db = app.OpenStore();
        Assert.False(await db.Users.AnyAsync(o => o.OrganizationId == other.Organization, Cancellation));
    }

    [Fact]
    public async Task A_changed_role_ends_the_sessions_and_holds_from_the_next_request()
    {
        var id = await DeskVisitor.AddAccountAsync(app, "刘老师", e.Organization);
        var colleague = new DeskVisitor(app.CreateClient());
        await colleague.SignInAsync("刘老师");
        Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync("/organize/events/new")).StatusCode);

        await administrator.PostAsync($"/organize/accounts/{id}",
            [.. await TokenAsync(), ("RoleForm.Role", "Observer"), ("RoleForm.OrganizationId", $"{e.Organization}")]);

        Assert.Equal(HttpStatusCode.Redirect, (await colleague.GetAsync("/organize/events/new")).StatusCode);
        await colleague.SignInAsync("刘老师");
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync("/organize/events/new")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync("/organize")).StatusCode);
    }

    [Fact]
    public async Task A_reset_password_ends_the_sessions_and_must_be_changed_before_anything_opens()
    {
        var id = await DeskVisitor.AddAccountAsync(app, "刘老师", e.Organization);
        var colleague = new DeskVisitor(app.CreateClient());
        await colleague.SignInAsync("刘老师");

        await administrator.PostAsync($"/organize/accounts/{id}?handler=ResetPassword", await TokenAsync());
        var shown = ShownPassword(await administrator.ReadAsync($"/organize/accounts/{id}"));

        Assert.Equal(HttpStatusCode.Redirect, (await colleague.GetAsync("/organize")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await colleague.SignInAsync("刘老师")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await colleague.SignInAsync("刘老师", shown)).StatusCode);
        Assert.Equal("", ShownPassword(await administrator.ReadAsync($"/organize/accounts/{id}")));

        foreach (var closed in new[] { "/organize", $"/organize/events/{e.Code}", "/organize/accounts", "/organize/sessions" })
            Assert.Equal("/organize/password", (await colleague.GetAsync(closed)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Forbidden, (await colleague.GetAsync($"/host/{e.Code}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync($"/display/{e.Code}")).StatusCode);
        Assert.Contains("请先换成只有你知道的密码", await colleague.ReadAsync("/organize/password"));
        Assert.Contains("新密码和当前密码一样", await DeskVisitor.TextAsync(await colleague.ChangePasswordAsync(shown, shown)));
        var changed = await colleague.ChangePasswordAsync(shown, "另外四个不相干的词");
        Assert.Equal("/organize", changed.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await colleague.GetAsync("/organize")).StatusCode);
    }

    [Fact]
    public async Task A_suspended_account_is_out_at_once_and_comes_back_when_it_may()
    {
        var id = await DeskVisitor.AddAccountAsync(app, "刘老师", e.Organization);
        var colleague = new DeskVisitor(app.CreateClient());
        await colleague.SignInAsync("刘老师");

        await administrator.PostAsync($"/organize/accounts/{id}?handler=Lock", await TokenAsync());
        Assert.Equal(HttpStatusCode.Redirect, (await colleague.GetAsync("/organize")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await colleague.SignInAsync("刘老师")).StatusCode);
        Assert.Contains("已停用", await administrator.ReadAsync("/organize/accounts"));

        await administrator.PostAsync($"/organize/accounts/{id}?handler=Unlock", await TokenAsync());

        Assert.Equal(HttpStatusCode.Redirect, (await new DeskVisitor(app.CreateClient()).SignInAsync("刘老师")).StatusCode);
    }

    [Fact]
    public async Task An_account_is_removed_only_when_its_name_is_typed()
    {
        var id = await DeskVisitor.AddAccountAsync(app, "刘老师", e.Organization);
        var colleague = new DeskVisitor(app.CreateClient());
        await colleague.SignInAsync("刘老师");

        var unsure = await administrator.PostAsync($"/organize/accounts/{id}?handler=Remove",
            [.. await TokenAsync(), ("Confirmation", "刘")]);
        Assert.Contains("什么都还没有删除", await DeskVisitor.TextAsync(unsure));

        await administrator.PostAsync($"/organize/accounts/{id}?handler=Remove", [.. await TokenAsync(), ("Confirmation", "刘老师 ")]);

        Assert.Contains("账号“刘老师”已删除", await administrator.ReadAsync("/organize/accounts"));
        Assert.Equal(HttpStatusCode.Redirect, (await colleague.GetAsync("/organize")).StatusCode);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?handler=Remove")]
    [InlineData("?handler=ResetPassword")]
    public async Task Nobody_removes_or_changes_the_own_account(string act)
    {
        await using var db = app.OpenStore();
        var own = await db.Users.SingleAsync(Cancellation);

        var answer = await administrator.PostAsync($"/organize/accounts/{own.Id}{act}",
            [.. await TokenAsync(), ("Confirmation", own.UserName), ("RoleForm.Role", "Observer"),
                ("RoleForm.OrganizationId", $"{e.Organization}")]);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task A_changed_password_keeps_this_session_and_ends_the_others()
    {
        await DeskVisitor.AddAccountAsync(app, "刘老师", e.Organization, OrganizerRole.Observer);
        var here = new DeskVisitor(app.CreateClient());
        var elsewhere = new DeskVisitor(app.CreateClient());
        await here.SignInAsync("刘老师");
        await elsewhere.SignInAsync("刘老师");

        var wrong = await here.SendAsync("/organize/password", ("Current", "wrong"), ("Chosen", "另外四个不相干的词"), ("Repeated", "另外四个不相干的词"));
        Assert.Contains("当前密码不对", await DeskVisitor.TextAsync(wrong));
        await here.SendAsync("/organize/password", ("Current", DeskVisitor.Password), ("Chosen", "另外四个不相干的词"), ("Repeated", "另外四个不相干的词"));

        Assert.Equal(HttpStatusCode.OK, (await here.GetAsync("/organize")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync("/organize")).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.SignInAsync("刘老师", "另外四个不相干的词")).StatusCode);
    }

    private async Task<IEnumerable<(string, string?)>> TokenAsync() =>
        DeskVisitor.Form(await administrator.ReadAsync("/organize/password"));

    private static string ShownPassword(string page) => Secret().Match(page).Groups[1].Value;

    [GeneratedRegex("<output class=\"secret\">([^<]+)</output>")]
    private static partial Regex Secret();
}
