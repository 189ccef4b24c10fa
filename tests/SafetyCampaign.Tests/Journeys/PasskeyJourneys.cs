using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;
using static Microsoft.Playwright.Assertions;

namespace SafetyCampaign.Tests.Journeys;

/// <summary>
/// Passkeys by the authenticator that the browser imitates (WebAuthn of the DevTools protocol), at this machine's own address.
/// </summary>
public sealed class PasskeyJourneys(Browser browser) : Journey(browser)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_passkey_is_made_and_signs_in_without_a_name_and_is_the_second_step_after_a_password()
    {
        var e = await App.SeedEventAsync();
        var page = await AtLocalhostAsync();
        var (tools, authenticator) = await AuthenticatorAsync(page);
        await SignInAsync(page, e);
        var name = await page.Locator(".menu summary").InnerTextAsync();
        await page.GotoAsync(DeskRoutes.SecondFactor);
        await AccessibleAsync(page);

        // With a wrong password the form says so; with the right one the passkey is made, and recovery codes come with it.
        await MakeAsync(page, "办公室电脑", "wrong");
        await Expect(page.Locator("[data-error]")).ToHaveTextAsync("密码不对。");
        await MakeAsync(page, "办公室电脑", DeskVisitor.Password);
        await Expect(page.GetByText("通行密钥已添加")).ToBeVisibleAsync();
        await Expect(page.Locator("#recovery-codes li")).ToHaveCountAsync(10);
        await AccessibleAsync(page);

        await SignOutAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/organize$"));
        await Expect(page.Locator(".menu summary")).ToHaveTextAsync(name);

        // A password alone does not open it any more; the passkey does, and the way on is kept.
        await SignOutAsync(page);
        await page.GotoAsync(DeskRoutes.Organizations);
        await PasswordAsync(page, name);
        await Expect(page).ToHaveURLAsync(new Regex("/organize/sign-in/second$"));
        await AccessibleAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/organize/organizations$"));

        await using (var db = App.OpenStore())
        {
            var lines = await db.AuditEntries.Where(a => a.AccountName == name).OrderBy(a => a.Sequence)
                .Select(a => new { a.Action, a.Reason }).ToListAsync(Cancellation);
            Assert.Equal([AuditReason.ByPasskey, AuditReason.ByPasskey],
                lines.Where(a => a.Action == AuditAction.SignedIn).Select(a => a.Reason).Skip(1));
            Assert.Contains(lines, a => a is { Action: AuditAction.SecondFactorChanged, Reason: AuditReason.PasskeyAdded });
            Assert.True((await PasskeysOf(db, name).SingleAsync(Cancellation)).Data.SignCount > 0);
        }

        // Taken away, it opens nothing, and the password is enough again.
        await page.GotoAsync(DeskRoutes.SecondFactor);
        await page.GetByText("移除", new() { Exact = false }).First.ClickAsync();
        await page.Locator("#remove-passkey-0").FillAsync(DeskVisitor.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "移除这个通行密钥" }).ClickAsync();
        await Expect(page.GetByText("通行密钥已移除")).ToBeVisibleAsync();
        await SignOutAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
        await Expect(page.GetByText("这个通行密钥没有通过")).ToBeVisibleAsync();
        await page.GotoAsync(DeskRoutes.SignIn);
        await PasswordAsync(page, name);
        await Expect(page).ToHaveURLAsync(new Regex("/organize$"));
        await tools.SendAsync("WebAuthn.removeVirtualAuthenticator", new() { ["authenticatorId"] = authenticator });
    }

    [Fact]
    public async Task A_passkey_without_a_finger_or_a_code_and_one_whose_counter_stands_still_sign_nobody_in()
    {
        var e = await App.SeedEventAsync();
        var page = await AtLocalhostAsync();
        var (tools, authenticator) = await AuthenticatorAsync(page);
        await SignInAsync(page, e);
        await page.GotoAsync(DeskRoutes.SecondFactor);
        await MakeAsync(page, "电脑", DeskVisitor.Password);
        await Expect(page.GetByText("通行密钥已添加")).ToBeVisibleAsync();
        var name = await page.Locator(".menu summary").InnerTextAsync();
        await SignOutAsync(page);

        await tools.SendAsync("WebAuthn.setUserVerified",
            new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = false });
        await page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
        await Expect(page.GetByText("没有完成")).ToBeVisibleAsync(); // the browser itself refuses
        await tools.SendAsync("WebAuthn.setUserVerified",
            new() { ["authenticatorId"] = authenticator, ["isUserVerified"] = true });
        // As if a copy of it had been used meanwhile.
        await using (var db = App.OpenStore())
        {
            var passkey = await PasskeysOf(db, name).SingleAsync(Cancellation);
            passkey.Data.SignCount = 1_000;
            await db.SaveChangesAsync(Cancellation);
        }
        await page.GetByRole(AriaRole.Button, new() { Name = "用通行密钥登录" }).ClickAsync();
        await Expect(page.GetByText("这个通行密钥没有通过")).ToBeVisibleAsync();
        await AccessibleAsync(page);
    }

    private static IQueryable<IdentityUserPasskey<int>> PasskeysOf(CampaignDb db, string name) =>
        db.UserPasskeys.Where(key => db.Users.Any(u => u.Id == key.UserId && u.UserName == name));

    /// <summary>Passkeys belong to a name, and 127.0.0.1 is none.</summary>
    private Task<IPage> AtLocalhostAsync() =>
        DeskAsync(with => with.BaseURL = new UriBuilder(App.Address) { Host = "localhost" }.Uri.ToString());

    private static async Task<(ICDPSession Tools, string Authenticator)> AuthenticatorAsync(IPage page)
    {
        var tools = await page.Context.NewCDPSessionAsync(page);
        await tools.SendAsync("WebAuthn.enable");
        var made = await tools.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return (tools, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static async Task MakeAsync(IPage page, string name, string password)
    {
        await page.GetByLabel("名称").FillAsync(name);
        await page.Locator("#passkey-password").FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "添加通行密钥" }).ClickAsync();
    }

    private static async Task PasswordAsync(IPage page, string name)
    {
        await page.GetByLabel("用户名").FillAsync(name);
        await page.GetByLabel("密码").FillAsync(DeskVisitor.Password);
        await page.GetByLabel("密码").PressAsync("Enter");
    }

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator(".menu summary").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "退出" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(new Regex("/organize/sign-in$"));
    }
}
