using System.Text;
using System.Text.Json;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Memory;

/// <summary>Families who open the page, sign by hand, and fetch their receipt and their certificate, some at once.</summary>
internal sealed class FamilyVisits(RunningProgram program, SeededEvent e) : IDisposable
{
    private const int AtOnce = 30;

    private readonly HttpClient http = new() { BaseAddress = program.Address };
    private int families;

    /// <summary>Receipts of families whose certificate was not fetched yet.</summary>
    public async Task<IReadOnlyList<string>> SignAsync(int count)
    {
        var receipts = new string[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce },
            async (family, cancellationToken) => receipts[family] = await SignAsync(cancellationToken));
        return receipts;
    }

    /// <summary>The whole visit of so many.</summary>
    public async Task VisitAsync(int count, Action<int> done)
    {
        var visited = 0;
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (_, cancellationToken) =>
        {
            await http.GetByteArrayAsync($"/e/{e.Code}", cancellationToken);
            var receipt = await SignAsync(cancellationToken);
            await http.GetByteArrayAsync(receipt, cancellationToken);
            await CertificateAsync(receipt, cancellationToken);
            if (Interlocked.Increment(ref visited) % 500 == 0)
                done(visited);
        });
    }

    /// <returns>Its weight, in bytes.</returns>
    public async Task<int> CertificateAsync(string receipt, CancellationToken cancellationToken = default) =>
        (await http.GetByteArrayAsync($"{receipt}/certificate.png", cancellationToken)).Length;

    public void Dispose() => http.Dispose();

    private async Task<string> SignAsync(CancellationToken cancellationToken)
    {
        var family = Interlocked.Increment(ref families);
        using var content = new StringContent(Body(family), Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(e.PledgesPath, content, cancellationToken);
        using var receipt = JsonDocument.Parse(
            await answer.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync(cancellationToken));
        return $"/r/{receipt.RootElement.GetProperty("receipt").GetString()}";
    }

    /// <summary>Names of characters that come again and again, as a hall's do: 3,000 of them.</summary>
    private string Body(int family) =>
        $$$"""
        {"key":"{{{Guid.CreateVersion7()}}}","textVersions":{"student":1,"guardian":1},"classId":{{{e.Classes[family % e.Classes.Count]}}},
        "signers":[{{{Signer("student", NameOf(family * 7), "null")}}},{{{Signer("guardian", NameOf(family * 7 + 3), "\"mother\"")}}}],
        "consents":{"guardian":true,"showMaskedName":false}}
        """;

    private static string Signer(string role, string name, string relation) =>
        $$"""{"role":"{{role}}","name":"{{name}}","relation":{{relation}},"signature":"{{Ink.Signature}}"}""";

    private static string NameOf(int number) =>
        string.Concat(new[] { number, number * 31 + 7, number * 131 + 11 }.Select(n => (char)('一' + n % 3000)));
}
