using System.Diagnostics;
using System.Text.Json;
using SafetyCampaign.Load.Phones;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>What phones.ts is told.</summary>
/// <param name="Within">Seconds, within which they come one after the other.</param>
/// <param name="GivesUp">Whether they try once only, as a page would that is wrong.</param>
internal sealed record WeakPlan(
    string Code, IReadOnlyList<int> Classes, string Signature, IReadOnlyList<WeakPhone> Families, double Within, bool GivesUp);

internal sealed record WeakPhone(int Port, Guid Key);

/// <summary>A family that got through, as phones.ts says it.</summary>
/// <param name="Took">Milliseconds from the press to the number.</param>
/// <param name="Kept">How much of it still lies in the phone's storage.</param>
internal sealed record WeakFamily(Guid Key, string Receipt, int Number, int Tries, int Took, int Kept)
{
    public Acknowledged Acknowledged => new(Key, People: 2, new Answer(201, Receipt, Number));
}

/// <summary>The phone page's own code for sending, bundled for Node and run there as many phones.</summary>
internal static class WeakPhones
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Lets the families sign. Those who have not got through in time, or never will, are not among the answers.</summary>
    public static async Task<IReadOnlyList<WeakFamily>> SignAsync(WeakPlan plan, TimeSpan patience)
    {
        var bundle = Path.Combine(Repository.Root, "artifacts", "load-phones", "phones.mjs");
        using (var bundling = Start("node_modules/esbuild/bin/esbuild", "tests/SafetyCampaign.Load/Faults/Network/phones.ts",
            "--bundle", "--platform=node", "--format=esm", "--log-level=error", $"--outfile={bundle}"))
        {
            var complained = await bundling.StandardError.ReadToEndAsync();
            await bundling.WaitForExitAsync();
            if (bundling.ExitCode != 0)
                throw new InvalidOperationException($"The phones could not be bundled:\n{complained}");
        }
        using var phones = Start(bundle);
        await phones.StandardInput.WriteAsync(JsonSerializer.Serialize(plan, Json));
        phones.StandardInput.Close();
        return await ThroughAsync(phones, patience);
    }

    private static async Task<IReadOnlyList<WeakFamily>> ThroughAsync(Process phones, TimeSpan patience)
    {
        var families = new List<WeakFamily>();
        using var enough = new CancellationTokenSource(patience);
        try
        {
            while (await phones.StandardOutput.ReadLineAsync(enough.Token) is { } line)
                families.Add(JsonSerializer.Deserialize<WeakFamily>(line, Json)!);
            var complained = await phones.StandardError.ReadToEndAsync(enough.Token);
            return complained == "" ? families : throw new InvalidOperationException($"The phones broke down:\n{complained}");
        }
        catch (OperationCanceledException)
        {
            phones.Kill();
            return families;
        }
    }

    private static Process Start(params string[] arguments) => Process.Start(new ProcessStartInfo("node", arguments)
    {
        WorkingDirectory = Repository.Root,
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    })!;
}
