using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Tests.Operations.Malformed;

/// <summary>
/// Thousands of requests that no client of ours sends, over raw sockets to the real server. What is wrong in each is made by a seed;
/// MALFORMED_SEED in the environment makes others, MALFORMED_CASES more.
/// </summary>
public sealed class MalformedInputTests
{
    private const int Workers = 4;

    /// <summary>More than a plain request needs at the same time: what a machine that does other things adds, it adds to both.</summary>
    private static readonly TimeSpan MaxAnswerTime = TimeSpan.FromSeconds(2);

    /// <summary>After which nothing is waited for any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    /// <summary>What only a fault of the program writes: a line of a stack trace, a type's name.</summary>
    private static readonly string[] FromInside = ["   at ", "Exception", "SafetyCampaign.", "Microsoft.", "System.", "SQLite"];

    private static readonly int Seed = FromEnvironment("MALFORMED_SEED", 20260717);
    private static readonly int Cases = FromEnvironment("MALFORMED_CASES", 5200);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_request_however_malformed_breaks_hangs_or_shows_the_program()
    {
        var log = new CapturedLog
        {
            Keeps = line => line.Contains(MalformedCase.Canary, StringComparison.OrdinalIgnoreCase)
                || line.Contains("unhandled exception") || line.Contains("A sign request failed"),
        };
        await using var app = new CampaignApp
        {
            Kestrel = true,
            Parts = log.Install,
            Settings =
            {
                ["Logging:LogLevel:Default"] = "Trace",
                ["Logging:LogLevel:Microsoft"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore.Mvc.ModelBinding"] = "Trace",
                ["Logging:LogLevel:Microsoft.AspNetCore.Server.Kestrel.BadRequests"] = "Trace",
            },
        };
        await app.InitializeAsync();
        var cases = new MalformedSource(Seed, await FindTargetAsync(app)).Make(Cases);
        var wrong = new ConcurrentBag<string>();
        var next = -1;

        using var over = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var plain = new PlainRequests(app.Address);
        var meanwhile = Task.Run(() => plain.RunAsync(over.Token), Cancellation);
        await Task.WhenAll(Enumerable.Range(0, Workers).Select(_ => Task.Run(WorkAsync, Cancellation)));
        await over.CancelAsync();
        await meanwhile;

        Assert.True(wrong.IsEmpty && !log.Lines.Any(), $"Seed {Seed}: {wrong.Count} of {cases.Length}\n"
            + $"{string.Join('\n', wrong.Order().Take(20))}\n{string.Join('\n', log.Lines.Distinct().Take(10))}");
        using var visitor = app.CreateClient();
        Assert.Equal(HttpStatusCode.OK, (await visitor.GetAsync("/healthz/ready", Cancellation)).StatusCode);

        async Task WorkAsync()
        {
            RawConnection? kept = null;
            for (int i; (i = Interlocked.Increment(ref next)) < cases.Length;)
            {
                var asked = Stopwatch.GetTimestamp();
                (kept, var fault) = await TryAsync(app.Address, cases[i], kept);
                var took = Stopwatch.GetElapsedTime(asked);
                if (took > MaxAnswerTime && took > MaxAnswerTime + plain.SlowestSince(asked))
                    fault ??= $"answered after {took}, beside {plain.SlowestSince(asked)}";
                if (fault is not null)
                    wrong.Add($"{cases[i].Kind}: {fault}: {cases[i].Shown}");
            }
            kept?.Dispose();
        }
    }

    /// <summary>Sends one; the connection that the next may use, and what is wrong with the answer.</summary>
    private static async Task<(RawConnection? Kept, string? Fault)> TryAsync(Uri address, MalformedCase malformed, RawConnection? kept)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        limit.CancelAfter(Patience);
        var connection = malformed.Framed && kept is { IsOpen: true } ? kept : null;
        if (connection is null && malformed.Framed)
            kept?.Dispose();
        var fresh = connection is null;
        try
        {
            connection ??= await RawConnection.OpenAsync(address, limit.Token);
            var answer = await connection.AskAsync(malformed.Bytes, malformed.Ends, limit.Token);
            if (answer is null && malformed.Framed && !fresh) // closed by the server after the answer before
                return await TryAsync(address, malformed, kept: null);
            if (malformed.Frames is not null && answer?.Status == 101)
                await connection.FinishAsync(malformed.Frames, limit.Token);
            var fault = FaultOf(malformed, answer);
            if (malformed.Framed)
                return (connection, fault);
            connection.Dispose();
            return (kept, fault);
        }
        catch (OperationCanceledException) when (!Cancellation.IsCancellationRequested)
        {
            connection?.Dispose();
            return (null, $"no answer within {Patience}");
        }
    }

    private static string? FaultOf(MalformedCase malformed, RawAnswer? answer) => answer switch
    {
        null => malformed.Framed ? "closed without an answer" : null,
        // The server's own word for a version that it does not speak.
        { Status: 505 } when malformed.Kind == "request line" => null,
        { Status: >= 500 } => $"answered {answer.Status}",
        _ => FromInside.FirstOrDefault(answer.Body.Contains) is { } shown ? $"answered {answer.Status} with “{shown}”" : null,
    };

    private static async Task<MalformedTarget> FindTargetAsync(CampaignApp app)
    {
        var pages = await PagesWithForms.SeedAsync(app, EventStage.Open);
        var signed = await app.SeedEventAsync();
        using var phone = app.CreateClient();
        var receipt = (await phone.SignedAsync(signed))["/r/".Length..];

        var (addresses, forms) = (new List<string>(), new List<OfferedForm>());
        var (administrator, stranger) = (await VisitAsync(app, pages.AdministratorName), await VisitAsync(app, null));
        foreach (var page in (await pages.FindAsync()).DistinctBy(page => (page.Route, page.Filling)))
        {
            var (browser, cookies) = pages.BrowserFor(page.Route) == pages.Stranger ? stranger : administrator;
            addresses.Add(pages.AddressOf(page));
            foreach (var form in (await browser.OpenAsync(pages.AddressOf(page))).PostedForms)
                foreach (var button in form.Pressable.DistinctBy(form.AddressOf))
                    forms.Add(new OfferedForm(form.AddressOf(button), cookies.GetCookieHeader(new Uri(app.Address, "/host")),
                        form.Sent(button), form.Element.GetAttribute("enctype") is not null));
        }
        // They would end the session that the other forms are sent in.
        forms.RemoveAll(form => form.Action.Contains("sign-out", StringComparison.OrdinalIgnoreCase)
            || form.Action.StartsWith(DeskRoutes.Sessions, StringComparison.Ordinal));
        Assert.True(forms.Count > 30);
        var film = forms.First(form => form.InParts && form.Action.EndsWith("/film", StringComparison.Ordinal));
        await app.SeedRosterAsync(signed, signed.Primary, (1, "王小明"));
        var (_, classSecret) = await app.SeedClassLinkAsync(signed, signed.Primary);
        return new MalformedTarget(
            signed.Code, Signing.Family(signed), receipt, addresses, forms, film, classSecret, await MakeTokenAsync(app, signed.District));
    }

    private static async Task<string> MakeTokenAsync(CampaignApp app, int organization)
    {
        var token = $"pledges_{Guid.NewGuid():N}";
        await using var db = app.OpenStore();
        db.ApiTokens.Add(new ApiToken(await db.Organizations.SingleAsync(o => o.Id == organization, Cancellation), "区教育平台",
            LinkSecret.HashOf(token), ApiScopes.Counts | ApiScopes.Lists, by: 1, DateTimeOffset.UtcNow, DateTimeOffset.UtcNow.AddDays(1)));
        await db.SaveChangesAsync(Cancellation);
        return token;
    }

    /// <summary>Somebody at the real port, whose cookies are to be had.</summary>
    private static async Task<(ScriptlessBrowser Browser, CookieContainer Cookies)> VisitAsync(CampaignApp app, string? name)
    {
        var cookies = new CookieContainer();
        var handler = new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false };
        var client = new HttpClient(handler) { BaseAddress = app.Address };
        if (name is not null)
            await new DeskVisitor(client).SignInAsync(name);
        return (new ScriptlessBrowser(client), cookies);
    }

    private static int FromEnvironment(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var set) ? set : otherwise;
}
