using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
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

    public static Fault Fault { get; } = new("bot",
        "One school, one address, limits on: phones open the page, read it and sign, while a bot at the same address sends 1,000 requests "
            + "a second without a cookie, with a made-up one, with one of its own, and with a fresh one for each.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        var (phones, over) = run.Short ? (100, TimeSpan.FromSeconds(6)) : (3000, TimeSpan.FromSeconds(180));
        await using var program = new RunningProgram(run.Program) { Settings = [] };
        var e = await SeededEvent.StartWithAsync(program);
        var sent = new ConcurrentBag<Guid>();
        using var enough = new CancellationTokenSource();
        run.Now($"{phones:N0} phones sign while a bot at their address tries");
        var bot = Task.WhenAll(Enumerable.Range(0, Hands).Select(hand => BotAsync(program, e, hand, sent, enough.Token)));
        var people = await Task.WhenAll(Enumerable.Range(0, phones).Select(i => PersonAsync(program, e, i * over / phones, sent)));
        await enough.CancelAsync();
        var answers = (await bot).SelectMany(hand => hand).ToList();

        var (signed, passed) = (people.Count(status => status == HttpStatusCode.Created),
            answers.Count(status => status == HttpStatusCode.Created));
        var recount = await Recount.OfAsync(program, e, [], sent);
        var wrong = recount.Wrong.ToList();
        if (recount.Rows < signed + passed)
            wrong.Add($"{signed + passed:N0} were told that they had signed, {recount.Rows:N0} are stored");
        run.Report.Absolute($"One address: {phones:N0} phones in {over.TotalSeconds:0} s beside a bot", "0 people refused, the bot held",
            $"{phones - signed} people refused; of {answers.Count:N0} tries of the bot {passed:N0} "
                + $"passed{string.Concat(wrong.Select(w => $"; {w}"))}",
            signed == phones && passed <= answers.Count / 10 && wrong.Count == 0);
    }

    private static async Task<HttpStatusCode> PersonAsync(RunningProgram program, SeededEvent e, TimeSpan comes, ConcurrentBag<Guid> sent)
    {
        await Task.Delay(comes);
        using var phone = new HttpClient { BaseAddress = program.Address };
        await phone.GetStringAsync($"/e/{e.Code}"); // leaves a cookie
        await Task.Delay(Reading + Random.Shared.NextDouble() * Reading);
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
        return page.Headers.GetValues("Set-Cookie").Single(cookie => cookie.StartsWith("device=", StringComparison.Ordinal)).Split(';')[0];
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
