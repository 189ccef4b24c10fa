using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Pages;

/// <summary>The receipt of a family that has signed.</summary>
internal sealed record FamilyReceipt(string Address, string Verification);

/// <summary>Phones that look at pages, each at an address of its own behind a proxy that the program knows.</summary>
internal sealed partial class PagePhones(RunningProgram program) : IDisposable
{
    private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false })
    {
        BaseAddress = program.Address,
    };

    private int phones;

    /// <summary>Asks for pages, so many at a time, and reads what the server's process took of the processor meanwhile.</summary>
    public async Task<PageCost> AskAsync(PageLoad load, int atOnce, TimeSpan length)
    {
        using var process = Process.GetProcessById(program.Id);
        var (before, started) = (process.TotalProcessorTime, Stopwatch.GetTimestamp());
        var (answers, bytes) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, atOnce).Select(_ => Task.Run(async () =>
        {
            while (Stopwatch.GetElapsedTime(started) < length)
            {
                var number = Interlocked.Increment(ref answers);
                using var request = Request(HttpMethod.Get, load.Paths[number % load.Paths.Count]);
                request.Headers.AcceptEncoding.ParseAdd(load.Encoding);
                request.Headers.AcceptLanguage.ParseAdd(load.Language);
                using var answer = await http.SendAsync(request);
                var body = await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
                if (answer.Content.Headers.ContentEncoding.SingleOrDefault() != load.Encoding)
                    throw new InvalidOperationException($"{load.Name} came in another encoding.");
                bytes = body.Length;
            }
        })));
        process.Refresh();
        return new PageCost((process.TotalProcessorTime - before).TotalMilliseconds / answers, bytes, answers);
    }

    public async Task<IReadOnlyList<FamilyReceipt>> SignAsync(SeededEvent e, int families)
    {
        var receipts = new List<FamilyReceipt>();
        for (var family = 0; family < families; family++)
        {
            using var request = Request(HttpMethod.Post, e.PledgesPath);
            request.Content = JsonContent.Create(new
            {
                key = Guid.CreateVersion7(),
                textVersions = new { student = 1, guardian = 1 },
                classId = e.Classes[family % e.Classes.Count],
                signers = new object[]
                {
                    new { role = "student", name = "王小明", signature = Ink.Signature },
                    new { role = "guardian", name = "王芳", relation = "mother", signature = Ink.Signature },
                },
                consents = new { guardian = true, showMaskedName = false },
            });
            using var answer = await http.SendAsync(request);
            if (answer.StatusCode != HttpStatusCode.Created)
                throw new InvalidOperationException($"A family was answered with {answer.StatusCode}.");
            using var said = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
            receipts.Add(new FamilyReceipt(said.RootElement.GetProperty("receipt").GetString()!,
                said.RootElement.GetProperty("verification").GetString()!));
        }
        return receipts;
    }

    /// <summary>The address of a page's script.</summary>
    public async Task<string> FileOfPageAsync(string path) => Script().Match(await program.GetAsync(path)).Groups[1].Value;

    public void Dispose() => http.Dispose();

    private HttpRequestMessage Request(HttpMethod method, string path)
    {
        var number = Interlocked.Increment(ref phones);
        var request = new HttpRequestMessage(method, path);
        request.Headers.Add("X-Forwarded-For", $"10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}");
        return request;
    }

    [GeneratedRegex("""<script[^>]*src="([^"]+)""")]
    private static partial Regex Script();
}
