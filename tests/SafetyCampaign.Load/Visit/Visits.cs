using System.Diagnostics;
using SafetyCampaign.Load.Phones;

namespace SafetyCampaign.Load.Visit;

/// <summary>Visits of many families, and what they cost the server's process.</summary>
/// <param name="Took">From the first request to the last answer.</param>
/// <param name="Processor">Of the server's process, by part where the parts were done one after the other; else of all.</param>
internal sealed record Visits(
    int Families, TimeSpan Took, IReadOnlyDictionary<VisitPart, TimeSpan> Processor, VisitTally Tally, IReadOnlyList<Acknowledged> Signed)
{
    private static readonly VisitPart[] Parts = Enum.GetValues<VisitPart>();

    public double PerSecond => Families / Took.TotalSeconds;

    public double Milliseconds => Processor.Values.Sum(spent => spent.TotalMilliseconds) / Families;

    public double Kilobytes => Parts.Sum(part => Tally.BytesOf(part, Families)) / 1024;

    public double MillisecondsOf(VisitPart part) => Processor[part].TotalMilliseconds / Families;

    /// <summary>All families do one part before any does the next, so that what each part costs can be told apart.</summary>
    public static Task<Visits> PartByPartAsync(VisitPlan plan, int server, int families, int phones) =>
        TakeAsync(plan, families, async (all, tally) =>
        {
            var spent = new Dictionary<VisitPart, TimeSpan>();
            foreach (var part in Parts)
            {
                var before = ProcessorOf(server);
                await EachAsync(all, phones, family => family.DoAsync(part, tally));
                spent[part] = ProcessorOf(server) - before;
            }
            return spent;
        });

    /// <summary>Each phone does whole visits, one family after the other, without a pause.</summary>
    public static Task<Visits> WholeAsync(VisitPlan plan, int server, int families, int phones) =>
        TakeAsync(plan, families, (all, tally) => SpentAsync(server, () => EachAsync(all, phones, async family =>
        {
            foreach (var part in Parts)
                await family.DoAsync(part, tally);
        })));

    /// <summary>Families that come evenly within a time; each opens the page, reads and writes for a while, and does the rest.</summary>
    /// <param name="think">How long each reads and writes, at least and at most; null where they only open the page.</param>
    public static Task<Visits> CrowdAsync(VisitPlan plan, int server, int families, TimeSpan within, (TimeSpan Min, TimeSpan Max)? think)
    {
        var random = new Random(1);
        return TakeAsync(plan, families, (all, tally) => SpentAsync(server, () => Task.WhenAll(all.Select(async (family, place) =>
        {
            var pause = think is var (min, max) ? min + ((max - min) * random.NextDouble()) : TimeSpan.Zero;
            await Task.Delay(within * place / families);
            foreach (var part in Parts.Where(part => think is not null || part <= VisitPart.Files))
            {
                if (part == VisitPart.Signature)
                    await Task.Delay(pause);
                await family.DoAsync(part, tally);
            }
        }))));
    }

    private static async Task<Visits> TakeAsync(
        VisitPlan plan, int families, Func<List<FamilyVisit>, VisitTally, Task<Dictionary<VisitPart, TimeSpan>>> visit)
    {
        var all = Enumerable.Range(0, families).Select(_ => new FamilyVisit(plan)).ToList();
        var tally = new VisitTally();
        var started = Stopwatch.GetTimestamp();
        var spent = await visit(all, tally);
        var took = Stopwatch.GetElapsedTime(started);
        all.ForEach(family => family.Dispose());
        return new Visits(families, took, spent, tally, [.. all.Select(family => family.Signed).OfType<Acknowledged>()]);
    }

    private static async Task<Dictionary<VisitPart, TimeSpan>> SpentAsync(int server, Func<Task> act)
    {
        var before = ProcessorOf(server);
        await act();
        await Task.Yield();
        return new() { [VisitPart.Page] = ProcessorOf(server) - before };
    }

    private static async Task EachAsync(List<FamilyVisit> families, int phones, Func<FamilyVisit, Task> act)
    {
        var next = -1;
        await Task.WhenAll(Enumerable.Range(0, phones).Select(async _ =>
        {
            for (int place; (place = Interlocked.Increment(ref next)) < families.Count;)
                await act(families[place]);
        }));
        await Task.Yield();
    }

    private static TimeSpan ProcessorOf(int process)
    {
        using var of = Process.GetProcessById(process);
        return of.TotalProcessorTime;
    }
}
