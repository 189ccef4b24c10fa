using System.Net;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using SafetyCampaign.Desk;
using SafetyCampaign.Organizing.SetUp;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>Setting the second factor up, changing it and taking it away. One program for all; its clock only goes on.</summary>
public sealed class SecondFactorTests(SecondFactorTests.OneProgram program) : IClassFixture<SecondFactorTests.OneProgram>
{
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
    public async Task An_app_is_set_up_with_a_code_and_the_password_and_ends_the_other_sessions()
    {
        var (account, name, visitor) = await SignedInAsync();
        var elsewhere = new DeskVisitor(App.CreateClient());
        await elsewhere.SignInAsync(name);

        var app = await AppOnPhone.SetUpAsync(visitor, program.Clock);

        Assert.Equal(10, app.RecoveryCodes.Distinct().Count());
        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync(DeskRoutes.Home)).StatusCode);
        Assert.Contains("还剩10个", await visitor.ReadAsync(DeskRoutes.SecondFactor));
        Assert.DoesNotContain(app.RecoveryCodes[0], await visitor.ReadAsync(DeskRoutes.SecondFactor));
        Assert.Equal([AuditReason.AuthenticatorSet], await ChangesAsync(account));
    }

    [Fact]
    public async Task What_was_set_up_cannot_be_read_in_the_store()
    {
        var (account, _, visitor) = await SignedInAsync();
        var app = await AppOnPhone.SetUpAsync(visitor, program.Clock);

        await using var db = App.OpenStore();
        var rows = await db.UserTokens.Where(t => t.UserId == account).ToListAsync(Cancellation);
        var stored = string.Join('\n', rows.Select(t => $"{t.LoginProvider} {t.Name} {t.Value}"));
        Assert.Equal(10, rows.Count(t => t.LoginProvider == SecondFactors.Recovery));
        Assert.All(app.RecoveryCodes, code => Assert.DoesNotContain(code, stored));
        foreach (var text in new[]
        {
            TimeBasedCode.Base32(app.Key), Convert.ToBase64String(app.Key), Convert.ToHexString(app.Key),
            Encoding.Latin1.GetString(app.Key),
        })
        {
            Assert.DoesNotContain(text, stored, StringComparison.OrdinalIgnoreCase);
            Assert.All(rows.Where(t => t.Name == "key"),
                t => Assert.DoesNotContain(text, Encoding.Latin1.GetString(Convert.FromBase64String(t.Value!))));
        }
    }

    [Fact]
    public async Task It_is_not_set_up_with_a_wrong_code_a_wrong_password_or_a_key_that_was_not_offered_to_the_account_now()
    {
        var (account, _, visitor) = await SignedInAsync();
        var (_, _, stranger) = await SignedInAsync();
        var browser = new ScriptlessBrowser(visitor.Client);
        var page = await browser.OpenAsync(DeskRoutes.SecondFactor);
        var app = new AppOnPhone(program.Clock, AppOnPhone.KeyOn(page), []);

        var wrong = await browser.PressAsync(AppOnPhone.Fill(page.PostedForms[^1], app.Code(later: 5), DeskVisitor.Password));
        Assert.Contains("动态码不对", wrong.Trouble);
        Assert.Equal(app.Key, AppOnPhone.KeyOn(wrong)); // what was scanned stays good
        var refused = await browser.PressAsync(AppOnPhone.Fill(wrong.PostedForms[^1], app.Code(), "wrong"));
        Assert.Contains("密码不对", refused.Trouble);
        // Offered to somebody else, made up, and too long ago.
        var foreign = AppOnPhone.Fill((await new ScriptlessBrowser(stranger.Client).OpenAsync(DeskRoutes.SecondFactor)).PostedForms[^1],
            "", "").Controls.Single(control => control.GetAttribute("name") == "Key").GetAttribute("value");
        foreach (var offered in new[] { foreign, "made-up", "" })
            Assert.Contains("已经过期", await DeskVisitor.TextAsync(await visitor.SendAsync(DeskRoutes.SecondFactor,
                ("Key", offered), ("Code", app.Code()), ("Password", DeskVisitor.Password))));
        program.Clock.Advance(TimeSpan.FromMinutes(31));
        var late = await browser.PressAsync(AppOnPhone.Fill(refused.PostedForms[^1], app.Code(), DeskVisitor.Password));
        Assert.Contains("已经过期", late.Trouble);
        Assert.NotEqual(app.Key, AppOnPhone.KeyOn(late));

        await using var db = App.OpenStore();
        Assert.False(await db.Users.Where(o => o.Id == account).Select(o => o.TwoFactorEnabled).SingleAsync(Cancellation));
        Assert.False(await db.UserTokens.AnyAsync(t => t.UserId == account, Cancellation));
        Assert.Empty(await ChangesAsync(account));
    }

    [Fact]
    public async Task Each_change_asks_for_the_password_and_is_told()
    {
        var (account, name, visitor) = await SignedInAsync();
        var app = await AppOnPhone.SetUpAsync(visitor, program.Clock);
        foreach (var handler in new[] { "Codes", "Remove", "RemovePasskey" })
            Assert.Contains("密码不对", await DeskVisitor.TextAsync(
                await visitor.SendAsync($"{DeskRoutes.SecondFactor}?handler={handler}", ("Password", "wrong"))));

        await visitor.SendAsync($"{DeskRoutes.SecondFactor}?handler=Codes", ("Password", DeskVisitor.Password));
        var renewed = AppOnPhone.CodesOn(await new ScriptlessBrowser(visitor.Client).OpenAsync(DeskRoutes.SecondFactor));
        Assert.Equal(10, renewed.Count);
        Assert.Empty(renewed.Intersect(app.RecoveryCodes));
        var elsewhere = new DeskVisitor(App.CreateClient());
        await elsewhere.SignInAsync(name);
        Assert.Equal(HttpStatusCode.OK, (await RecoverAsync(elsewhere, app.RecoveryCodes[0])).StatusCode);
        Assert.Equal(HttpStatusCode.Redirect, (await RecoverAsync(elsewhere, renewed[0])).StatusCode);

        await visitor.SendAsync($"{DeskRoutes.SecondFactor}?handler=Remove", ("Password", DeskVisitor.Password));

        Assert.Equal(HttpStatusCode.Redirect, (await elsewhere.GetAsync(DeskRoutes.Home)).StatusCode);
        Assert.Equal(DeskRoutes.Home, (await elsewhere.SignInAsync(name)).Headers.Location?.ToString());
        await using var db = App.OpenStore();
        Assert.False(await db.UserTokens.AnyAsync(t => t.UserId == account, Cancellation));
        Assert.Equal([AuditReason.AuthenticatorSet, AuditReason.RecoveryCodesRenewed, AuditReason.RecoveryCodeUsed,
            AuditReason.AuthenticatorRemoved], await ChangesAsync(account));
    }

    [Fact]
    public async Task An_administrator_resets_it_for_an_account_in_reach_and_for_no_other()
    {
        var administrator = await DeskVisitor.SignInAsync(App, program.Event.District, OrganizerRole.Administrator);
        var outsider = await DeskVisitor.SignInAsync(App, (await App.SeedEventAsync()).District, OrganizerRole.Administrator);
        var (account, name, visitor) = await SignedInAsync();
        await AppOnPhone.SetUpAsync(visitor, program.Clock);
        var reset = $"{DeskRoutes.Account(account)}?handler=ResetSecondFactor";

        Assert.Equal(HttpStatusCode.NotFound,
            (await outsider.PostAsync(reset, DeskVisitor.Form(await outsider.ReadAsync(DeskRoutes.Password)))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
        await administrator.SendAsync(reset);

        Assert.Equal(HttpStatusCode.Redirect, (await visitor.GetAsync(DeskRoutes.Home)).StatusCode);
        Assert.Equal(DeskRoutes.Home, (await new DeskVisitor(App.CreateClient()).SignInAsync(name)).Headers.Location?.ToString());
        Assert.DoesNotContain("ResetSecondFactor", await administrator.ReadAsync(DeskRoutes.Account(account)));
        await using var db = App.OpenStore();
        Assert.False(await db.UserTokens.AnyAsync(t => t.UserId == account, Cancellation));
        Assert.Equal([AuditReason.AuthenticatorSet, AuditReason.SecondFactorReset], await ChangesAsync(account));
    }

    [Fact]
    public async Task The_list_of_accounts_says_who_has_one()
    {
        var administrator = await DeskVisitor.SignInAsync(App, program.Event.District, OrganizerRole.Administrator);
        var (account, _, visitor) = await SignedInAsync();
        var (other, _, _) = await SignedInAsync();
        await AppOnPhone.SetUpAsync(visitor, program.Clock);

        var rows = (await new ScriptlessBrowser(administrator.Client).OpenAsync(DeskRoutes.Accounts)).Document.QuerySelectorAll("tbody tr");
        string Cell(int id) => rows.Single(row => row.QuerySelector($"a[href='{DeskRoutes.Account(id)}']") is not null)
            .QuerySelector("[data-label=两步验证]")!.TextContent;
        Assert.Equal(("已设置", "未设置"), (Cell(account), Cell(other)));
    }

    [Fact]
    public async Task Who_has_the_machine_lets_the_last_administrator_in_again_whose_phone_and_codes_are_lost()
    {
        var name = $"老师{Guid.NewGuid():N}"[..20];
        var account = await DeskVisitor.AddAccountAsync(App, name, program.Event.District, OrganizerRole.Administrator);
        var lost = new DeskVisitor(App.CreateClient());
        await lost.SignInAsync(name);
        await AppOnPhone.SetUpAsync(lost, program.Clock);
        var owner = new DeskVisitor(App.CreateClient());
        Assert.Equal(DeskRoutes.SecondStep, (await owner.SignInAsync(name)).Headers.Location?.ToString());

        // What the verb create-administrator does, beside the program that goes on.
        var second = $"老师{Guid.NewGuid():N}"[..20];
        Assert.True((await App.Get<AdministratorSetup>().CreateAsync(second, DeskVisitor.Password)).Succeeded);
        var helper = new DeskVisitor(App.CreateClient());
        await helper.SignInAsync(second);
        await helper.ChangePasswordAsync(DeskVisitor.Password, "four quite other words");
        await helper.SendAsync($"{DeskRoutes.Account(account)}?handler=ResetSecondFactor");

        Assert.Equal(DeskRoutes.Home, (await owner.SignInAsync(name)).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, (await owner.GetAsync(DeskRoutes.Accounts)).StatusCode);
    }

    [Fact]
    public async Task A_key_that_was_sealed_by_lost_keys_takes_no_code_and_the_recovery_codes_still_open()
    {
        var (account, name, visitor) = await SignedInAsync();
        var app = await AppOnPhone.SetUpAsync(visitor, program.Clock);
        var others = new EphemeralDataProtectionProvider().CreateProtector("of another program");
        await using (var db = App.OpenStore())
            await db.UserTokens.Where(t => t.UserId == account && t.Name == "key").ExecuteUpdateAsync(
                set => set.SetProperty(t => t.Value, Convert.ToBase64String(others.Protect(app.Key))), Cancellation);
        var moved = new DeskVisitor(App.CreateClient());
        await moved.SignInAsync(name);

        Assert.Contains("动态码不对",
            await DeskVisitor.TextAsync(await moved.SendAsync(DeskRoutes.SecondStep, ("Code", app.Code(later: 1)))));
        Assert.Equal(HttpStatusCode.Redirect, (await RecoverAsync(moved, app.RecoveryCodes[3])).StatusCode);
    }

    [Fact]
    public async Task Passkeys_are_offered_where_they_work_and_elsewhere_it_is_said_why_not()
    {
        var (_, _, visitor) = await SignedInAsync();
        Assert.Contains("添加通行密钥", await visitor.ReadAsync(DeskRoutes.SecondFactor));
        await using var configured = new CampaignApp { Settings = { ["PublicBaseUrl"] = "https://pledge.example.cn" } };
        await configured.InitializeAsync();
        var elsewhere = await DeskVisitor.SignInAsync(configured, (await configured.SeedEventAsync()).Organization);

        var page = await elsewhere.ReadAsync(DeskRoutes.SecondFactor);
        Assert.Contains("请在https://pledge.example.cn打开本页", page);
        Assert.DoesNotContain("添加通行密钥", page);
        Assert.DoesNotContain("通行密钥", await new DeskVisitor(configured.CreateClient()).ReadAsync(DeskRoutes.SignIn));
        var refused = await elsewhere.SendAsync($"{DeskRoutes.SecondFactor}?handler=PasskeyOptions",
            ("PasskeyName", "办公室电脑"), ("Password", DeskVisitor.Password));
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        // At the address that is configured, behind a proxy that speaks HTTPS.
        var there = configured.CreateClient();
        there.BaseAddress = new Uri("https://pledge.example.cn");
        Assert.Contains("用通行密钥登录", await new DeskVisitor(there).ReadAsync(DeskRoutes.SignIn));
        var options = await new DeskVisitor(there).SendAsync($"{DeskRoutes.PasskeySignIn}?handler=Options");
        Assert.Contains("\"rpId\":\"pledge.example.cn\"", await DeskVisitor.TextAsync(options));
        Assert.Contains("\"userVerification\":\"required\"", await DeskVisitor.TextAsync(options));
    }

    [Fact]
    public async Task A_passkey_is_asked_for_with_the_password_and_a_name_and_nothing_made_up_is_taken()
    {
        var (account, _, visitor) = await SignedInAsync();
        var options = $"{DeskRoutes.SecondFactor}?handler=PasskeyOptions";
        foreach (var (name, password, said) in new[]
        {
            ("电脑", "wrong", "密码不对"), ("", DeskVisitor.Password, "请填写名称"), ("电脑\u202E", DeskVisitor.Password, "请填写名称"),
            (new string('电', 41), DeskVisitor.Password, "请填写名称"),
        })
        {
            var refused = await visitor.SendAsync(options, ("PasskeyName", name), ("Password", password));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains(said, System.Text.RegularExpressions.Regex.Unescape(await DeskVisitor.TextAsync(refused)));
        }

        var asked = await visitor.SendAsync(options, ("PasskeyName", "电脑"), ("Password", DeskVisitor.Password));
        Assert.Equal(HttpStatusCode.OK, asked.StatusCode);
        Assert.Contains("\"residentKey\":\"required\"", await DeskVisitor.TextAsync(asked));
        foreach (var credential in new[] { "", "{}", "[", """{"id":"AA","rawId":"AA","type":"public-key","response":{}}""" })
            Assert.Contains("没有添加成功", await DeskVisitor.TextAsync(
                await visitor.SendAsync($"{DeskRoutes.SecondFactor}?handler=AddPasskey", ("credential", credential))));
        await using var db = App.OpenStore();
        Assert.False(await db.UserPasskeys.AnyAsync(p => p.UserId == account, Cancellation));
        Assert.Empty(await ChangesAsync(account));
    }

    private static Task<HttpResponseMessage> RecoverAsync(DeskVisitor visitor, string code) =>
        visitor.SendAsync($"{DeskRoutes.SecondStep}?handler=Recovery", ("RecoveryCode", code));

    private async Task<(int Account, string Name, DeskVisitor Visitor)> SignedInAsync()
    {
        var name = $"老师{Guid.NewGuid():N}"[..20];
        var account = await DeskVisitor.AddAccountAsync(App, name, program.Event.Organization);
        var visitor = new DeskVisitor(App.CreateClient());
        await visitor.SignInAsync(name);
        return (account, name, visitor);
    }

    /// <summary>What the audit log says of the account's second factor.</summary>
    private async Task<List<AuditReason?>> ChangesAsync(int account)
    {
        await using var db = App.OpenStore();
        var name = await db.Users.Where(o => o.Id == account).Select(o => o.UserName).SingleAsync(Cancellation);
        return await db.AuditEntries.Where(a => a.Action == AuditAction.SecondFactorChanged && a.Subject == name)
            .OrderBy(a => a.Sequence).Select(a => a.Reason).ToListAsync(Cancellation);
    }
}
