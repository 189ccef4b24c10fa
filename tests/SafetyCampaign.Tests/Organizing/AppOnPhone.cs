using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Organizing;

/// <summary>An authenticator app that was set up with an account, and the recovery codes that came with it.</summary>
internal sealed class AppOnPhone(TimeProvider clock, byte[] key, IReadOnlyList<string> recoveryCodes)
{
    public byte[] Key => key;

    public IReadOnlyList<string> RecoveryCodes => recoveryCodes;

    /// <summary>What it shows now, or so many steps of 30 s later.</summary>
    public string Code(int later = 0) => TimeBasedCode.Of(key, TimeBasedCode.StepAt(clock.GetUtcNow()) + later);

    /// <summary>Sets one up at the desk, as its owner does.</summary>
    public static async Task<AppOnPhone> SetUpAsync(DeskVisitor visitor, TimeProvider clock)
    {
        var browser = new ScriptlessBrowser(visitor.Client);
        var page = await browser.OpenAsync(DeskRoutes.SecondFactor);
        var app = new AppOnPhone(clock, KeyOn(page), []);
        var done = await browser.PressAsync(Fill(page.PostedForms[^1], app.Code(), DeskVisitor.Password));
        Assert.True(done.Redirected, done.Trouble);
        return new AppOnPhone(clock, app.Key, CodesOn(done));
    }

    public static WebForm Fill(WebForm form, string code, string password)
    {
        foreach (var (name, text) in new[] { ("Code", code), ("Password", password) })
            WebForm.Type(form.Controls.Single(control => control.GetAttribute("name") == name), text);
        return form;
    }

    /// <summary>The key that the page offers to be typed.</summary>
    public static byte[] KeyOn(WebPage page)
    {
        var text = page.Document.QuerySelector(".app-key")!.TextContent;
        Assert.Matches("^([A-Z2-7]{4} ){7}[A-Z2-7]{4}$", text);
        var bits = string.Concat(text.Replace(" ", "")
            .Select(letter => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(8 * i, 8), 2))];
    }

    /// <summary>The recovery codes that the page shows, once.</summary>
    public static IReadOnlyList<string> CodesOn(WebPage page) =>
        [.. page.Document.QuerySelectorAll("#recovery-codes li").Select(code => code.TextContent)];
}
