using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace SafetyCampaign.Tests;

/// <summary>
/// A browser without scripts: reads pages with an HTML parser and submits a form as the HTML standard says, to the
/// address that the form or the pressed button has. A test presses what a person presses, and names no address.
/// </summary>
public sealed class ScriptlessBrowser(HttpClient client)
{
    private static readonly Uri AnyHost = new("http://any.host/");
    private static readonly HtmlParser Parser = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<WebPage> OpenAsync(string address) =>
        FollowAsync(address, client.GetAsync(new Uri(address, UriKind.Relative), Cancellation));

    /// <summary>Presses a submit button of the form, or without one the key that submits a form with no button.</summary>
    public Task<WebPage> PressAsync(WebForm form, IElement? button = null)
    {
        var address = new Uri(new Uri(AnyHost, form.Page.Address), form.AddressOf(button)).PathAndQuery;
        var fields = form.Sent(button);
        if (!form.Posts)
            return OpenAsync(address.Split('?')[0] + "?"
                + string.Join('&', fields.Select(f => $"{f.Name}={Uri.EscapeDataString(f.Value)}")));
        return FollowAsync(address, client.PostAsync(new Uri(address, UriKind.Relative), form.Encode(fields), Cancellation));
    }

    private async Task<WebPage> FollowAsync(string address, Task<HttpResponseMessage> asked)
    {
        var answer = await asked;
        var redirects = 0;
        for (; answer.Headers.Location is { } location && redirects < 5; redirects++)
        {
            address = new Uri(new Uri(AnyHost, address), location).PathAndQuery;
            answer = await client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);
        }
        address = answer.RequestMessage!.RequestUri!.PathAndQuery; // against a real port the client has followed redirects by itself
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        return new WebPage(address, answer.StatusCode, redirects > 0, Parser.ParseDocument(text));
    }
}

/// <summary>A page as it was answered.</summary>
/// <param name="Address">What the address bar shows: path and query.</param>
/// <param name="Status">How it was answered, after redirects.</param>
/// <param name="Redirected">Whether it was answered by a redirect to another address.</param>
/// <param name="Document">What it holds.</param>
public sealed record WebPage(string Address, HttpStatusCode Status, bool Redirected, IHtmlDocument Document)
{
    public string Path => Address.Split('?')[0];

    /// <summary>The forms that post, in the order of the page.</summary>
    public List<WebForm> PostedForms => [.. Forms.Where(form => form.Posts)];

    public List<WebForm> Forms => [.. Document.QuerySelectorAll("form").Select(form => new WebForm(this, form))];

    /// <summary>What the page says is wrong, for a test's message.</summary>
    public string Trouble =>
        string.Join(" / ", Document.QuerySelectorAll("[role=alert]:not([hidden])").Select(alert => alert.TextContent.Trim()));
}

/// <summary>A control's name and value.</summary>
public sealed record FormField(string Name, string Value);

/// <summary>A form on a page, its controls wherever on the page they stand (<c>form="…"</c>).</summary>
public sealed record WebForm(WebPage Page, IElement Element)
{
    /// <summary>What a person never sees and types: the token, and what the page knows of the state it was made from.</summary>
    private static readonly string[] Unseen = ["hidden", "password", "file"];

    public bool Posts => string.Equals(Element.GetAttribute("method"), "post", StringComparison.OrdinalIgnoreCase);

    /// <summary>Where it is sent, as written; null where the form says nothing, so that it goes to the page's own address.</summary>
    public string? Action => Element.GetAttribute("action");

    public List<IElement> Controls =>
        [.. Page.Document.QuerySelectorAll("input, select, textarea, button").Where(control => OwnerOf(control) == Element)];

    /// <summary>All submit buttons in the order of the page; a disabled one cannot be pressed.</summary>
    public List<IElement> SubmitButtons =>
        [.. Controls.Where(control => control.LocalName == "button" && control.GetAttribute("type") is null or "submit")];

    public List<IElement> Pressable => [.. SubmitButtons.Where(button => !button.HasAttribute("disabled"))];

    /// <summary>Those that do something else than the form itself: they have an address of their own.</summary>
    public List<IElement> OtherButtons => [.. Pressable.Where(button => button.HasAttribute("formaction"))];

    /// <summary>Those that send the form where the form says.</summary>
    public List<IElement> OwnButtons => [.. Pressable.Where(button => !button.HasAttribute("formaction"))];

    /// <summary>What Enter in a field presses: the form's first submit button.</summary>
    public IElement? DefaultButton => SubmitButtons.FirstOrDefault();

    public bool HasTextField => Controls.Any(IsText);

    /// <summary>The fields of one line and of many, which somebody types into.</summary>
    public List<IElement> TextFields => [.. Controls.Where(control => IsText(control) || control.LocalName == "textarea")];

    public string AddressOf(IElement? button) => button?.GetAttribute("formaction") ?? Action ?? Page.Address;

    /// <summary>What a person sees in the form: its controls but hidden ones, with their values.</summary>
    public List<FormField> Seen =>
        [.. Fields(control => !Unseen.Contains(control.GetAttribute("type")) && !control.HasAttribute("hidden"))];

    /// <summary>What is sent when the button is pressed: its successful controls.</summary>
    public List<FormField> Sent(IElement? button)
    {
        var sent = Fields(_ => true).ToList();
        if (button?.GetAttribute("name") is { Length: > 0 } name)
            sent.Add(new FormField(name, button.GetAttribute("value") ?? ""));
        return sent;
    }

    /// <summary>As the form says it is sent.</summary>
    public HttpContent Encode(IEnumerable<FormField> fields)
    {
        if (Element.GetAttribute("enctype") != "multipart/form-data")
            return new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        var parts = new MultipartFormDataContent();
        foreach (var field in fields)
            parts.Add(new StringContent(field.Value), field.Name);
        foreach (var input in Element.QuerySelectorAll("input[type=file][name]"))
            parts.Add(NoFile(input.GetAttribute("name")!));
        return parts;
    }

    /// <summary>A browser sends a part for a file that nobody has chosen, without a name.</summary>
    private static ByteArrayContent NoFile(string field)
    {
        var part = new ByteArrayContent([]);
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{field}\"", FileName = "\"\"" };
        part.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        return part;
    }

    public static string TextOf(IElement field) =>
        (field is IHtmlTextAreaElement area ? area.Value : ((IHtmlInputElement)field).Value).ReplaceLineEndings("\n");

    public static void Type(IElement field, string text)
    {
        if (field is IHtmlTextAreaElement area)
            area.Value = text;
        else
            ((IHtmlInputElement)field).Value = text;
    }

    private static bool IsText(IElement control) => control.LocalName == "input" && control.GetAttribute("type") is null or "text";

    private IElement? OwnerOf(IElement control) =>
        control.GetAttribute("form") is { } id ? Page.Document.GetElementById(id) : control.Closest("form");

    private IEnumerable<FormField> Fields(Func<IElement, bool> which)
    {
        foreach (var control in Controls.Where(control => !control.HasAttribute("disabled") && which(control)))
        {
            if (control.GetAttribute("name") is not { Length: > 0 } name)
                continue;
            switch (control)
            {
                case IHtmlTextAreaElement area:
                    yield return new FormField(name, area.Value.ReplaceLineEndings("\r\n"));
                    break;
                case IHtmlSelectElement select:
                    var options = select.QuerySelectorAll("option");
                    if ((options.LastOrDefault(option => option.HasAttribute("selected")) ?? options.FirstOrDefault()) is { } chosen)
                        yield return new FormField(name, chosen.GetAttribute("value") ?? chosen.TextContent);
                    break;
                case IHtmlInputElement { Type: "checkbox" or "radio" } tick when tick.IsChecked:
                    yield return new FormField(name, control.GetAttribute("value") ?? "on");
                    break;
                case IHtmlInputElement { Type: not ("checkbox" or "radio" or "file" or "submit") } input:
                    yield return new FormField(name, input.Value);
                    break;
            }
        }
    }
}
