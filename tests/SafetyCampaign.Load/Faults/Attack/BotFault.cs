using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Attack;

/// <summary>Somebody in the school's own network lets a program sign while the parents do. All of them have one address.</summary>
internal static class BotFault
{
    private const int BotsRequests = 1000; // a second
    private const int Hands = 20;
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(6);

    /// <summary>Pages that the farm opens a second: 300 in 8 s, and five signatures for each.</summary>
    public const int FarmsPages = 38;
    private const int EachSigns = 5;

    public static Fault Fault { get; } = new("bot",
        "One school, one address, limits on: phones open the page, read it and sign, while a bot at the same address sends 1,000 requests "
            + "a second without a cookie, with a made-up one, with one of its own, and with a fresh one for each; and another farms "
            + "cookies: it opens 38 pages a second, waits as long as people read, and signs five times with each.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        var (phones, over) = run.Short ? (100, TimeSpan.FromSeconds(6)) : (3000, TimeSpan.FromSeconds(180));
        await using var program = new RunningProgram(run.Program) { Settings = [] };
        run.Now($"{phones:N0} phones sign while bots at their address try");
        var found = await AttackAsync(program, phones, over, Reading, run.Short ? FarmsPages / 4 : FarmsPages);
        run.Report.Absolute($"One address: {phones:N0} phones in {over.TotalSeconds:0} s beside a bot", "0 people refused, the bot held",
            $"{found.Refused} people refused; of {found.Tried:N0} tries of the bot {found.Passed:N0} "
                + $"passed{string.Concat(found.Wrong.Select(w => $"; {w}"))}",
            found.Refused == 0 && found.BotHeld && found.Wrong.Count == 0);
        run.Report.Absolute("The same beside a bot that farms cookies", "0 people refused; a pledge a page, and 150 + 10 a second",
            $"{found.Refused} people refused; {found.Pages:N0} pages, {found.FarmTried:N0} tries, {found.FarmPassed:N0} passed, "
                + $"{found.FarmFlagged:N0} of them flagged, and {found.PeopleFlagged:N0} people",
            found.Refused == 0 && found.FarmHeld);
    }

    /// <summary>People sign and bots try, on a program that was not started yet.</summary>
    public static async Task<BotOutcome> AttackAsync(RunningProgram program, int phones, TimeSpan over, TimeSpan reading, int farmsPages)
    {
        var e = await SeededEvent.StartWithAsync(program);
        var (sent, farmed) = (new ConcurrentBag<Guid>(), new ConcurrentBag<Guid>());
        using var enough = new CancellationTokenSource();
        var began = Stopwatch.GetTimestamp();
        var bot = Task.WhenAll(Enumerable.Range(0, Hands).Select(hand => BotAsync(program, e, hand, sent, enough.Token)));
        var farm = FarmAsync(program, e, reading, farmsPages, farmed, enough.Token);
        var people = await Task.WhenAll(
            Enumerable.Range(0, phones).Select(i => PersonAsync(program, e, i * over / phones, reading, sent)));
        await enough.CancelAsync();
        var answers = (await bot).SelectMany(hand => hand).ToList();
        var (pages, harvest) = await farm;
        var took = Stopwatch.GetElapsedTime(began);

        var (signed, passed) = (people.Count(status => status == HttpStatusCode.Created),
            answers.Count(status => status == HttpStatusCode.Created));
        var farmPassed = harvest.Count(status => status == HttpStatusCode.Created);
        var recount = await Recount.OfAsync(program, e, [], sent.Concat(farmed));
        var wrong = recount.Wrong.ToList();
        if (recount.Rows < signed + passed + farmPassed)
            wrong.Add($"{signed + passed + farmPassed:N0} were told that they had signed, {recount.Rows:N0} are stored");
        var flagged = Flagged(program);
        return new BotOutcome(phones - signed, answers.Count, passed, pages, harvest.Count, farmPassed, took, wrong)
        {
            FarmFlagged = farmed.Count(flagged.Contains),
            PeopleFlagged = flagged.Count - farmed.Count(flagged.Contains),
        };
    }

    private static async Task<(int Pages, List<HttpStatusCode> Answers)> FarmAsync(
        RunningProgram program, SeededEvent e, TimeSpan reading, int pages, ConcurrentBag<Guid> sent, CancellationToken enough)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = program.Address };
        var harvest = new List<Task<List<HttpStatusCode>>>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1.0 / pages));
        while (!enough.IsCancellationRequested)
        {
            harvest.Add(ReapAsync());
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
        return (harvest.Count, [.. (await Task.WhenAll(harvest)).SelectMany(answers => answers)]);

        async Task<List<HttpStatusCode>> ReapAsync()
        {
            var cookie = await CookieAsync(http, e);
            await Task.Delay(reading, CancellationToken.None);
            var answers = new List<HttpStatusCode>();
            for (var i = 0; i < EachSigns; i++)
            {
                var request = Request(e, sent);
                request.Headers.Add("Cookie", cookie);
                using var answer = await http.SendAsync(request, CancellationToken.None);
                answers.Add(answer.StatusCode);
            }
            return answers;
        }
    }

    /// <summary>The keys of requests that the door has flagged for the organizer, past what handwriting and haste tell.</summary>
    private static HashSet<Guid> Flagged(RunningProgram program)
    {
        using var connection = new SqliteConnection($"Data Source={program.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText =
            """
            SELECT p.Key FROM pledges p JOIN signing_flags f ON f.Sequence = p.Sequence
            """;
        using var row = command.ExecuteReader();
        var flagged = new HashSet<Guid>();
        while (row.Read())
            flagged.Add(new Guid(row.GetFieldValue<byte[]>(0), bigEndian: true));
        return flagged;
    }

    private static async Task<HttpStatusCode> PersonAsync(
        RunningProgram program, SeededEvent e, TimeSpan comes, TimeSpan reading, ConcurrentBag<Guid> sent)
    {
        await Task.Delay(comes);
        using var phone = new HttpClient { BaseAddress = program.Address };
        await phone.GetStringAsync($"/e/{e.Code}"); // leaves a cookie
        await Task.Delay(reading + Random.Shared.NextDouble() * reading);
        using var answer = await phone.SendAsync(Request(e, sent));
        return answer.StatusCode;
    }

    private static async Task<List<HttpStatusCode>> BotAsync(RunningProgram program, SeededEvent e, int hand, ConcurrentBag<Guid> sent,
        CancellationToken enough)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = program.Address };
        var own = await CookieAsync(http, e);
        var answers = new List<HttpStatusCode>();
        using var pace = new PeriodicTimer(TimeSpan.FromSeconds((double)Hands / BotsRequests));
        while (!enough.IsCancellationRequested)
        {
            var cookie = (hand % 4) switch { 0 => null, 1 => "device=made-up", 2 => own, _ => await CookieAsync(http, e) };
            var request = Request(e, sent);
            if (cookie is not null)
                request.Headers.Add("Cookie", cookie);
            using var answer = await http.SendAsync(request, CancellationToken.None);
            answers.Add(answer.StatusCode);
            await pace.WaitForNextTickAsync(CancellationToken.None);
        }
        return answers;
    }

    private static async Task<string> CookieAsync(HttpClient http, SeededEvent e)
    {
        using var page = await http.GetAsync($"/e/{e.Code}");
        return page.Headers.TryGetValues("Set-Cookie", out var cookies)
            ? cookies.Single(cookie => cookie.StartsWith("device=", StringComparison.Ordinal)).Split(';')[0]
            : "device=none"; // a program without limits gives none
    }

    private static HttpRequestMessage Request(SeededEvent e, ConcurrentBag<Guid> sent)
    {
        var key = Guid.CreateVersion7();
        sent.Add(key);
        var message = SignMessage.Guardian(e.PledgesPath, e.Classes[0]);
        message.Carry(key);
        var body = message.Bytes[(message.Bytes.Span.IndexOf("\r\n\r\n"u8) + 4)..];
        var content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        return new HttpRequestMessage(HttpMethod.Post, e.PledgesPath) { Content = content };
    }
}

/// <summary>Who got through.</summary>
internal sealed record BotOutcome(
    int Refused, int Tried, int Passed, int Pages, int FarmTried, int FarmPassed, TimeSpan Took, IReadOnlyList<string> Wrong)
{
    public int FarmFlagged { get; init; }

    public int PeopleFlagged { get; init; }

    /// <summary>One in ten at most; on a machine on which it can try but little, what the narrow budget gives.</summary>
    public bool BotHeld => Passed <= Math.Max(Tried / 10, 60 + 6 * Took.TotalSeconds);

    /// <summary>One pledge for each page that was opened and waited on, and the address's own pace for more (RateLimitBudgets).</summary>
    public bool FarmHeld => FarmPassed <= Pages + 150 + 10 * Took.TotalSeconds + 10;
}
