using System.Net;
using System.Text.RegularExpressions;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Speed;

namespace SafetyCampaign.Load.Visit;

/// <summary>What a family's phone asks for in each part.</summary>
/// <param name="Server">Whom it asks.</param>
/// <param name="Encoding">Its <c>Accept-Encoding</c>: <c>gzip</c>, which is what phones ask for over plain HTTP, or brotli.</param>
/// <param name="Paths">What it gets in a part, given the receipt; empty for the signature.</param>
/// <param name="Message">What it signs; null where that is got like the rest.</param>
internal sealed partial record VisitPlan(
    IPEndPoint Server, string Encoding, Func<VisitPart, string, IReadOnlyList<string>> Paths, Func<int, SignMessage>? Message)
{
    private static int families;

    /// <summary>By a number of its own for each: no two families have one name, over all runs.</summary>
    public static int NextNumber() => Interlocked.Increment(ref families);

    /// <summary>Reads from the program which files its pages name. One family signs for it.</summary>
    public static async Task<(VisitPlan Plan, Acknowledged Signed)> OfAsync(RunningProgram program, SeededEvent e, string encoding)
    {
        var page = $"/e/{e.Code}";
        // Fetched by the page's script, without being named in the page.
        var files = await WithImportsAsync(program, [.. StartAndWeight.FilesOf(await program.GetAsync(page), withPictures: true),
            "/dist/PhoneLater.js", "/dist/PhoneLater.css"]);
        var plan = new VisitPlan(program.EndPoint, encoding, (part, _) => part == VisitPart.Page ? [page] : [],
            number => SignMessage.FamilyOf(e.PledgesPath, e.Classes[number % e.Classes.Count], number));
        using var family = new FamilyVisit(plan);
        var tally = new VisitTally();
        await family.DoAsync(VisitPart.Page, tally);
        await family.DoAsync(VisitPart.Signature, tally);
        await Task.Yield();
        var signed = family.Signed ?? throw new InvalidOperationException($"The first family could not sign: {tally.Trouble}");
        var ofReceipt = (await WithImportsAsync(program,
            [.. StartAndWeight.FilesOf(await program.GetAsync($"/r/{signed.Answer.Receipt}"), withPictures: true)
                .Where(file => !file.StartsWith("/r/", StringComparison.Ordinal))])).Except(files).ToList();
        return (plan with
        {
            Paths = (part, receipt) => part switch
            {
                VisitPart.Page => [page],
                VisitPart.Files => files,
                VisitPart.Receipt => [$"/r/{receipt}"],
                VisitPart.ReceiptFiles => ofReceipt,
                VisitPart.Certificate => [$"/r/{receipt}/certificate.png"],
                _ => [],
            },
        }, signed);
    }

    /// <summary>A script fetches the parts that it shares with others.</summary>
    private static async Task<List<string>> WithImportsAsync(RunningProgram program, List<string> files)
    {
        var all = new List<string>(files);
        foreach (var script in files.Where(file => file.EndsWith(".js", StringComparison.Ordinal)))
            all.AddRange(Imports().Matches(await program.GetAsync(script)).Select(match => $"/dist/{match.Groups["part"].Value}"));
        return [.. all.Distinct()];
    }

    [GeneratedRegex("""["']\./(?<part>chunks/[\w-]+\.js)["']""")]
    private static partial Regex Imports();

    /// <summary>The same visit of a server that sends the same bytes from files: each is written as the program answered it.</summary>
    public static async Task<VisitPlan> OfFilesAsync(VisitPlan asked, IPEndPoint server, string folder)
    {
        var paths = new Dictionary<VisitPart, IReadOnlyList<string>>();
        using var family = new FamilyVisit(asked) { Keep = [] };
        foreach (var part in Enum.GetValues<VisitPart>())
        {
            family.Keep.Clear();
            await family.DoAsync(part, new VisitTally());
            await Task.Yield();
            var names = new List<string>();
            foreach (var (number, body) in family.Keep.Index())
            {
                names.Add($"/{asked.Encoding.Split(',')[^1].Trim()}-{part}-{number}.bin");
                await File.WriteAllBytesAsync(Path.Combine(folder, names[^1][1..]), body);
            }
            paths[part] = names;
        }
        return new VisitPlan(server, "identity", (part, _) => paths[part], Message: null) { FilesFor = family.Signed };
    }

    /// <summary>The pledge that was signed to see what is answered.</summary>
    public Acknowledged? FilesFor { get; private init; }

    public byte[] Get(string path, string cookies)
    {
        var cookie = cookies == "" ? "" : $"Cookie: {cookies}\r\n";
        return System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept-Encoding: {Encoding}\r\n"
            + $"Accept-Language: zh-CN\r\n{cookie}\r\n");
    }
}
