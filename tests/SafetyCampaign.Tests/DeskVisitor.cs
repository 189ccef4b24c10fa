using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests;

/// <summary>Somebody signed in at the desk, who reads pages and sends their forms as a browser without scripts would.</summary>
public sealed partial class DeskVisitor(HttpClient client)
{
    public const string Password = "four unrelated words";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public HttpClient Client => client;

    /// <summary>An account of an organization, signed in through the sign-in page.</summary>
    public static async Task<DeskVisitor> SignInAsync(CampaignApp app, int organization, OrganizerRole role = OrganizerRole.Organizer,
        string language = "zh-CN")
    {
        var name = $"老师{Guid.NewGuid():N}"[..20];
        await AddAccountAsync(app, name, organization, role);
        var visitor = new DeskVisitor(app.CreateClient(language));
        Assert.Equal(HttpStatusCode.Redirect, (await visitor.SignInAsync(name)).StatusCode);
        return visitor;
    }

    public Task<HttpResponseMessage> SignInAsync(string name, string password = Password) =>
        SendAsync("/organize/sign-in", ("name", name), ("password", password));

    public Task<HttpResponseMessage> ChangePasswordAsync(string current, string chosen) =>
        SendAsync("/organize/password", ("Current", current), ("Chosen", chosen), ("Repeated", chosen));

    public async Task<HttpResponseMessage> SignOutAsync() =>
        await PostAsync("/organize/sign-out", Form(await ReadAsync("/organize/password")));

    /// <summary>An account with the <see cref="Password"/> that every test knows; returns its id.</summary>
    public static async Task<int> AddAccountAsync(CampaignApp app, string name, int organization,
        OrganizerRole role = OrganizerRole.Organizer)
    {
        using var scope = app.Services.CreateScope();
        scope.ServiceProvider.GetRequiredService<CurrentAccessScope>().Current = AccessScope.Everything;
        var account = new Organizer { UserName = name, OrganizationId = organization, Role = role };
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Organizer>>().CreateAsync(account, Password);
        Assert.True(made.Succeeded, string.Join(' ', made.Errors.Select(e => e.Description)));
        return account.Id;
    }

    public Task<HttpResponseMessage> GetAsync(string address) => client.GetAsync(new Uri(address, UriKind.Relative), Cancellation);

    /// <summary>A page's text, entities read.</summary>
    public async Task<string> ReadAsync(string address)
    {
        var response = await GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await TextAsync(response);
    }

    /// <summary>Opens the page, fills in the fields and sends its form, what the page had filled in itself included.</summary>
    /// <param name="address">The page; a <c>?handler=…</c> chooses the button.</param>
    public async Task<HttpResponseMessage> SendAsync(string address, params (string Name, string? Value)[] fields) =>
        await PostAsync(address, [.. Form(await ReadAsync(address.Split("&handler=")[0].Split("?handler=")[0])), .. fields]);

    /// <summary>
    /// Sends fields without looking at the page again; of a name that comes twice the later field holds, unless it is a list
    /// of ticks.
    /// </summary>
    public Task<HttpResponseMessage> PostAsync(string address, IEnumerable<(string Name, string? Value)> fields)
    {
        var sent = fields.GroupBy(f => f.Name, StringComparer.OrdinalIgnoreCase)
            .SelectMany(same => same.Key == "Invited" ? same : same.TakeLast(1))
            .Where(f => f.Value is not null).Select(f => KeyValuePair.Create(f.Name, f.Value!));
        return client.PostAsync(new Uri(address, UriKind.Relative), new FormUrlEncodedContent(sent), Cancellation);
    }

    /// <summary>Opens the page and sends a file with the form that takes one.</summary>
    public async Task<HttpResponseMessage> UploadAsync(string address, HttpContent file, string name = "film.mp4", string field = "film",
        params (string Name, string Value)[] others)
    {
        const string token = "__RequestVerificationToken";
        file.Headers.ContentDisposition = new("form-data") { Name = field, FileName = $"\"{name}\"" }; // empty where none was chosen
        using var form = new MultipartFormDataContent
        {
            { new StringContent(Form(await ReadAsync(address)).First(f => f.Name == token).Value!), token },
            file,
        };
        foreach (var other in others)
            form.Add(new StringContent(other.Value), other.Name);
        return await PostAsync(address, form);
    }

    public Task<HttpResponseMessage> PostAsync(string address, HttpContent content) =>
        client.PostAsync(new Uri(address, UriKind.Relative), content, Cancellation);

    /// <summary>The fields of the page's posted form as they stand.</summary>
    public static List<(string Name, string? Value)> Form(string page)
    {
        var form = page[page.LastIndexOf("<form method=\"post\"", StringComparison.Ordinal)..];
        return
        [
            .. Inputs().Matches(form).Select(m => m.Value).Where(i => !i.Contains("type=\"checkbox\"") || i.Contains("checked="))
                .Select(i => (Name().Match(i).Groups[1].Value, (string?)Value().Match(i).Groups[1].Value)).Where(f => f.Item1 != ""),
            .. Areas().Matches(form).Select(m => (m.Groups[1].Value, (string?)m.Groups[2].Value.TrimStart('\r', '\n'))),
            .. Choices().Matches(form)
                .Select(m => (m.Groups[1].Value, (string?)Value().Match(Selected().Match(m.Groups[2].Value).Value).Groups[1].Value)),
        ];
    }

    public static async Task<string> TextAsync(HttpResponseMessage response) =>
        WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync(Cancellation));

    [GeneratedRegex("<input [^>]*>")]
    private static partial Regex Inputs();

    [GeneratedRegex("<textarea [^>]*name=\"([^\"]*)\"[^>]*>(.*?)</textarea>", RegexOptions.Singleline)]
    private static partial Regex Areas();

    [GeneratedRegex("<select [^>]*name=\"([^\"]*)\"[^>]*>(.*?)</select>", RegexOptions.Singleline)]
    private static partial Regex Choices();

    [GeneratedRegex("<option [^>]*selected=[^>]*>")]
    private static partial Regex Selected();

    [GeneratedRegex(" name=\"([^\"]*)\"")]
    private static partial Regex Name();

    [GeneratedRegex(" value=\"([^\"]*)\"")]
    private static partial Regex Value();
}
