using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>Families sign where the signal is as bad as it gets, and do nothing but wait.</summary>
internal static class WeakNetworkFault
{
    private const string Hold = "≥ 99.9% of families get through by themselves, 0 lost, 0 counted twice";
    private const double Enough = 0.999;
    private const double ASecond = 50;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    public static Fault Fault { get; } = new("weak-network",
        "Each family signs on a line of its own with 8 KB/s and 800 ms each way; every tenth connection is silent for 10 s on the way "
        + "there, and every tenth on the way back; "
        + "5% are reset, half of them while the answer is under way; every twentieth page is closed soon after the press and opened "
        + "again. The phones run the phone page's own code.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        var (families, quality) = run.Short
            ? (150, NetworkConditions.Weak with { Stall = TimeSpan.FromSeconds(2) })
            : (2000, NetworkConditions.Weak);
        run.Now($"{families:N0} families on a weak network");
        await using var program = new RunningProgram(run.Program);
        var outcome = await SignAsync(program, families, quality);
        run.Report.Absolute($"Weak network: {families:N0} families, 8 KB/s, 800 ms, stalls of {quality.Stall.TotalSeconds:0} s, 5% resets",
            Hold,
            outcome.Describe(), outcome.Holds, $"half within {outcome.Took(0.5):0.0} s, all within {outcome.Took(1):0.0} s");
    }

    /// <summary>Lets families sign, each on a line of its own, and counts.</summary>
    public static async Task<Outcome> SignAsync(RunningProgram program, int families, NetworkConditions quality, bool givesUp = false)
    {
        var e = await SeededEvent.StartWithAsync(program);
        var lines = Enumerable.Range(0, families).Select(family => new ImpairedProxy(program.EndPoint, quality, seed: family)).ToList();
        var phones = lines.Select(line => new WeakPhone(line.Port, Guid.CreateVersion7())).ToList();
        var through = await WeakPhones.SignAsync(
            new WeakPlan(e.Code, e.Classes, Ink.Signature, phones, Within: families / ASecond, givesUp), Patience);
        foreach (var line in lines)
            await line.DisposeAsync();
        var recount = await Recount.OfAsync(program, e, through.Select(family => family.Acknowledged), phones.Select(phone => phone.Key));
        var wrong = recount.Wrong.ToList();
        if (through.Count(family => family.Kept > 0) is > 0 and var keeping)
            wrong.Add($"{keeping} phones keep what has arrived");
        return new Outcome(families, through, lines.Sum(line => line.Resets), lines.Sum(line => line.Stalls), wrong);
    }

    internal sealed record Outcome(int Families, IReadOnlyList<WeakFamily> Through, int Resets, int Stalls, IReadOnlyList<string> Wrong)
    {
        public bool Holds => Through.Count >= Enough * Families && Wrong.Count == 0;

        public string Describe() =>
            $"{Through.Count:N0} of {Families:N0} got through in {Through.Sum(family => family.Tries):N0} tries, with {Stalls:N0} stalls "
                + $"and {Resets:N0} resets{string.Concat(Wrong.Select(wrong => $"; {wrong}"))}";

        /// <summary>Seconds within which this part of the families had their number.</summary>
        public double Took(double part) => Through.Select(family => family.Took / 1000.0).Order()
            .ElementAtOrDefault((int)(part * Through.Count) - 1);
    }
}
