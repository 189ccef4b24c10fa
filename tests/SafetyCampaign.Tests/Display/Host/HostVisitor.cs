using System.Net;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests.Display.Host;

/// <summary>Somebody with the host's page, pressing its buttons as a browser without scripts does.</summary>
public sealed partial class HostVisitor(HttpClient client, string code)
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string Page => $"/host/{code}";

    /// <summary>A helper who has opened a host link.</summary>
    public static async Task<HostVisitor> EnterAsync(CampaignApp app, SeededEvent e, string language = "zh-CN") =>
        await OpenAsync(app, e, (await app.SeedHostLinkAsync(e)).Address, language);

    public static async Task<HostVisitor> OpenAsync(CampaignApp app, SeededEvent e, string link, string language = "zh-CN")
    {
        var client = app.CreateClient(language);
        await client.GetAsync(new Uri(link, UriKind.Relative), Cancellation);
        return new HostVisitor(client, e.Code);
    }

    public Task<HttpResponseMessage> GetAsync() => client.GetAsync(new Uri(Page, UriKind.Relative), Cancellation);

    public async Task<string> ReadAsync()
    {
        var response = await GetAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Presses the button with that id.</summary>
    public async Task PressAsync(string button, params (string Name, string Value)[] fields)
    {
        var action = await ActionOfAsync(button) ?? throw new InvalidOperationException($"There is nothing to press at {button}.");
        var answer = await SendAsync(action, fields);
        Assert.True(answer.StatusCode == HttpStatusCode.Redirect, $"{action}: {answer.StatusCode}");
    }

    /// <summary>Sends an act as a button's address says it, with the page's token.</summary>
    public Task<HttpResponseMessage> SendAsync(string action, params (string Name, string Value)[] fields) =>
        client.SubmitAsync(Page, fields.ToDictionary(f => f.Name, f => f.Value), action);

    /// <summary>What pressing a button would do; null where it cannot be pressed.</summary>
    public async Task<string?> ActionOfAsync(string button) =>
        Buttons().Matches(await ReadAsync()).Select(m => m.Value).Where(b => b.Contains($" id=\"{button}\"", StringComparison.Ordinal))
            .Select(b => Action().Match(b) is { Success: true } action ? action.Groups[1].Value : null).FirstOrDefault();

    [GeneratedRegex("<button[^>]*>")]
    private static partial Regex Buttons();

    [GeneratedRegex("formaction=\"([^\"]*)\"")]
    private static partial Regex Action();
}
