using System.Runtime.InteropServices;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load;

/// <summary>One part of the figures that can be run by itself.</summary>
internal sealed record Part(string Name, string Purpose, Func<RunOptions, Report, Task> RunAsync);

/// <summary>
/// <c>speed | fanout | growth | stage | picture | pages | faults | memory | records | paper | roster | relay | pace | soak |
/// all [--short] [--out FOLDER]</c>. Exit codes: 0 all that must hold in any case holds, 1 something does not, 2 not understood.
/// </summary>
internal static class CommandLine
{
    /// <param name="host">Serves the baselines that our program is measured against; started by <c>speed</c> itself.</param>
    public static async Task<int> RunAsync(string[] args, IReadOnlyList<Part> parts, Func<RunOptions, Task> host)
    {
        var options = RunOptions.Read(args);
        if (options.Verb == "host")
        {
            await host(options);
            return 0;
        }
        // `all` is what fits a coffee break: the soak and the faults take longer and are asked for by name.
        var chosen = options.Verb == "all" ? parts.Take(3).ToList() : [.. parts.Where(part => part.Name == options.Verb)];
        if (chosen.Count == 0)
        {
            Console.Error.WriteLine(Help(parts));
            return 2;
        }
        Sockets.UseOneThread();
        // in order: programs that were started go too
        using var told = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(1));
        var held = true;
        foreach (var part in chosen)
        {
            var report = new Report(NameOf(part, options), options);
            try
            {
                await part.RunAsync(options, report);
            }
            catch (Exception failure)
            {
                Console.Error.WriteLine(failure);
                report.Fail($"{part.Name} as a whole", "runs to its end", failure.Message.Split('\n')[0]);
            }
            held &= report.Finish();
        }
        return held ? 0 : 1;
    }

    /// <summary>Under which its figures are kept. One fault alone does not push out those of the long run.</summary>
    private static string NameOf(Part part, RunOptions options) =>
        options.OnPostgres ? $"{part.Name}-postgres"
        : options.Names is [var alone] ? $"{part.Name}-{alone}"
        : part.Name;

    private static string Help(IReadOnlyList<Part> parts) =>
        $"""
        dotnet run -c Release --project tests/SafetyCampaign.Load -- VERB [--short] [--out FOLDER]

        {string.Join('\n', parts.Select(part => $"  {part.Name,-10}{part.Purpose}"))}
          all       speed, fanout and growth
          host      the baselines alone, to try them by hand

          speed phones  only signatures a second and their answers, of 50, 200 and 1,000 phones beside the baselines
          speed visit   only what a family's whole visit costs, and crowds; --families 600 --phones 32
                        --crowd 1000 (open the page within 10 s, visit within 60 s) --evening 2000 (visit within 20 s)
          --short       a few seconds a part; counts and losses are judged, times are only shown
          --provider postgres   speed on a PostgreSQL that the run starts itself
          --program FOLDER      a program that is published already, such as that of an older commit
          --out FOLDER  where the figures go (default: artifacts/load)
        """;
}
