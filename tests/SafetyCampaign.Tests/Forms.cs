using System.Net;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests;

/// <summary>Fills in a page's form as a browser without JavaScript does.</summary>
public static partial class Forms
{
    /// <summary>Opens the page, keeps its hidden fields (the antiforgery token among them), fills in the others and posts.</summary>
    public static async Task<HttpResponseMessage> SubmitAsync(this HttpClient client, string address, Dictionary<string, string> fields,
        string? action = null)
    {
        var page = await client.GetStringAsync(address, TestContext.Current.CancellationToken);
        var filled = HiddenField().Matches(page).Select(m => m.Value)
            .GroupBy(input => Attribute(input, "name"))
            .ToDictionary(inputs => inputs.Key, inputs => Attribute(inputs.Last(), "value"));
        foreach (var (name, value) in fields)
            filled[name] = value;
        return await client.PostAsync(action ?? address, new FormUrlEncodedContent(filled), TestContext.Current.CancellationToken);
    }

    private static string Attribute(string input, string name) =>
        WebUtility.HtmlDecode(Regex.Match(input, $@"\b{name}=""([^""]*)""").Groups[1].Value);

    [GeneratedRegex(@"<input[^>]*type=""hidden""[^>]*>")]
    private static partial Regex HiddenField();
}
