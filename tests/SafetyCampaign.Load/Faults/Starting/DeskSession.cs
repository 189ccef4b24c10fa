using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Starting;

/// <summary>An administrator's browser, without its eyes: cookies, and the forms of the desk.</summary>
internal sealed partial class DeskSession : IDisposable
{
    private const string Name = "管理员";
    private const string Password = "four unrelated words";
    private const string Desk = "/organize";
    private const string SignIn = "/organize/sign-in";
    private const string ChangePassword = "/organize/password";

    private readonly RunningProgram program;
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    private string? token;

    public DeskSession(RunningProgram program)
    {
        this.program = program;
        http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies })
        {
            BaseAddress = program.Address,
        };
    }

    /// <summary>Who is signed in, for a browser that goes on as the same person.</summary>
    public IEnumerable<Cookie> Cookies => cookies.GetCookies(program.Address);

    public async Task CreateAccountAsync()
    {
        var file = Path.Combine(program.DataFolder, "password");
        await File.WriteAllTextAsync(file, Password);
        await program.DoAsync("create-administrator", $"--name={Name}", $"--password-file={file}");
        File.Delete(file);
    }

    public async Task SignInAsync()
    {
        var token = Token().Match(await http.GetStringAsync(SignIn)).Groups[1].Value;
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Name"] = Name,
            ["Password"] = Password,
            ["__RequestVerificationToken"] = token,
        });
        using var answer = await http.PostAsync(SignIn, form);
        await ChangePasswordAsync();
        if (!await IsSignedInAsync())
            throw new InvalidOperationException($"Signing in was answered {answer.StatusCode}.");
    }

    /// <summary>The one that the command line gave must be changed before anything opens.</summary>
    private async Task ChangePasswordAsync()
    {
        var token = Token().Match(await http.GetStringAsync(ChangePassword)).Groups[1].Value;
        const string chosen = "four other words instead";
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["Current"] = Password,
            ["Chosen"] = chosen,
            ["Repeated"] = chosen,
            ["__RequestVerificationToken"] = token,
        });
        using var changed = await http.PostAsync(ChangePassword, form);
    }

    /// <summary>Who is not is sent to the sign-in page.</summary>
    public async Task<bool> IsSignedInAsync()
    {
        using var answer = await http.GetAsync(Desk);
        return answer.StatusCode == HttpStatusCode.OK;
    }

    public Task<string> ReadAsync(string page) => http.GetStringAsync(page);

    /// <summary>How many bytes a file of the desk has.</summary>
    public async Task<long> DownloadAsync(string file)
    {
        await using var stream = await http.GetStreamAsync(file);
        var buffer = new byte[1 << 16];
        var length = 0L;
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
            length += read;
        return length;
    }

    /// <summary>Sends a form that has nothing but its button.</summary>
    public async Task SendAsync(string page)
    {
        token ??= Token().Match(await http.GetStringAsync(page)).Groups[1].Value;
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", token)]);
        using var answer = await http.PostAsync(page, form);
        if (answer.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.Found))
            throw new InvalidOperationException($"{page} was answered {answer.StatusCode}.");
    }

    /// <summary>Sends a file with the form of a page; the page that answers.</summary>
    public async Task<string> UploadAsync(string address, string page, string name, byte[] file)
    {
        token ??= Token().Match(await http.GetStringAsync(page)).Groups[1].Value;
        using var form = new MultipartFormDataContent
        {
            { new StringContent(token), "__RequestVerificationToken" },
            { new ByteArrayContent(file), "file", name },
        };
        using var answer = await http.PostAsync(address, form);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>Sends the hidden fields of a page's form, and further ones.</summary>
    public async Task SendFormAsync(string address, string page, params (string Name, string Value)[] said)
    {
        var fields = Hidden().Matches(page).ToDictionary(m => m.Groups[1].Value, m => WebUtility.HtmlDecode(m.Groups[2].Value));
        fields["__RequestVerificationToken"] = token!;
        foreach (var (name, value) in said)
            fields[name] = value;
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(address, form);
        if (answer.StatusCode != HttpStatusCode.Found)
            throw new InvalidOperationException($"{address} was answered {answer.StatusCode}.");
    }

    /// <summary>Opens a page with buttons, so that pressing one is that alone.</summary>
    public async Task OpenAsync(string page) => token ??= Token().Match(await http.GetStringAsync(page)).Groups[1].Value;

    /// <summary>Presses a button of a page, as its script does.</summary>
    public async Task PressAsync(string page, string button, params (string Name, string Value)[] said)
    {
        await OpenAsync(page);
        using var form = new FormUrlEncodedContent(said.Append(("__RequestVerificationToken", token!))
            .ToDictionary(field => field.Item1, field => field.Item2));
        using var request = new HttpRequestMessage(HttpMethod.Post,
            $"{page}?handler={button}")
        { Content = form, Headers = { { "X-Requested-With", "fetch" } } };
        using var answer = await http.SendAsync(request);
        if (answer.StatusCode != HttpStatusCode.OK)
            throw new InvalidOperationException($"{button} on {page} was answered {answer.StatusCode}.");
    }

    /// <summary>Opens the phone page, which carries the key to sign with.</summary>
    public async Task<Guid> KeyOfPhonePageAsync(SeededEvent e) =>
        Guid.Parse(Key().Match(await http.GetStringAsync($"/e/{e.Code}")).Groups[1].Value);

    public async Task<int> PeopleAsync(SeededEvent e)
    {
        using var tally = JsonDocument.Parse(await http.GetStringAsync(e.TallyPath));
        return tally.RootElement.GetProperty("people").GetInt32();
    }

    public void Dispose() => http.Dispose();

    [GeneratedRegex("""name="__RequestVerificationToken" type="hidden" value="([^"]+)""")]
    private static partial Regex Token();

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]*)""")]
    private static partial Regex Hidden();

    [GeneratedRegex("""name="Form\.Key" value="([^"]+)""")]
    private static partial Regex Key();
}
