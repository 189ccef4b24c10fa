using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>What a teacher or an organizer does with the pages of a class's sheets.</summary>
internal static class SheetPages
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<IHtmlDocument> OpenAsync(this HttpClient client, string address) =>
        new HtmlParser().ParseDocument(await client.GetStringAsync(new Uri(address, UriKind.Relative), Cancellation));

    /// <summary>Sends a form and follows where it leads; a refusal is the page itself.</summary>
    public static async Task<IHtmlDocument> PostPageAsync(
        this HttpClient client, string address, HttpContent content, HttpStatusCode expected = HttpStatusCode.Redirect)
    {
        var answer = await client.PostAsync(new Uri(address, UriKind.Relative), content, Cancellation);
        Assert.Equal(expected, answer.StatusCode);
        return answer.Headers.Location is { } to
            ? await client.OpenAsync(to.ToString())
            : new HtmlParser().ParseDocument(await answer.Content.ReadAsStringAsync(Cancellation));
    }

    /// <summary>Presses a button of the form in which rows are decided, with what is chosen in it and further choices.</summary>
    public static Task<IHtmlDocument> PressAsync(
        this HttpClient client, IHtmlDocument page, string act, params (string Name, string Value)[] chosen) =>
        client.PressAsync(page, act, HttpStatusCode.Redirect, chosen);

    /// <inheritdoc cref="PressAsync(HttpClient, IHtmlDocument, string, ValueTuple{string, string}[])"/>
    public static Task<IHtmlDocument> PressAsync(this HttpClient client, IHtmlDocument page, string act, HttpStatusCode expected,
        params (string Name, string Value)[] chosen)
    {
        var form = page.QuerySelector<IHtmlFormElement>("#decisions")!;
        var fields = form.QuerySelectorAll<IHtmlInputElement>("input")
            .Where(input => input.Type is not ("radio" or "checkbox") || input.IsChecked)
            .Select(input => (input.Name!, input.Value)).Where(field => !Array.Exists(chosen, c => c.Name == field.Item1))
            .Concat(chosen).Append(("act", act)).Select(field => KeyValuePair.Create(field.Item1, field.Item2));
        return client.PostPageAsync(form.GetAttribute("action")!, new FormUrlEncodedContent(fields), expected);
    }

    /// <summary>The addresses of the pages that were printed.</summary>
    public static List<string> Pages(IHtmlDocument page) => [.. page.QuerySelectorAll(".pages a").Select(a => a.GetAttribute("href")!)];

    /// <summary>What was just done, in words.</summary>
    public static string Notice(IHtmlDocument page) => page.QuerySelector("[role=status].notice")?.TextContent ?? "";
}
