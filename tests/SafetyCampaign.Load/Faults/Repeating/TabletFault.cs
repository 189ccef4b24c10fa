using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Relay;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Repeating;

/// <summary>A class's device that dies after its pledges were stored and before it took them off.</summary>
internal static class TabletFault
{
    private const int Pupils = 45;

    public static Fault Fault { get; } = new("tablet",
        "Classes send what signed without a network; each pledge's answer is lost with the device, which starts again and sends all of it "
            + "once more, while a second device sends the same seats with keys of its own.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        run.Now("devices die before they have erased");
        await using var program = new RunningProgram(run.Program);
        var e = await SeededEvent.StartWithAsync(program);
        var groups = await RelayClass.PlantAsync(program, e, run.Short ? 2 : 20, Pupils);
        e = await SeededEvent.OfAsync(program);
        var all = await Task.WhenAll(groups.Select(group => SendTwiceAsync(program, e.Code, group)));

        var acknowledged = all.SelectMany(sent => sent.Acknowledged).ToList();
        var recount = await Recount.OfAsync(program, e, acknowledged, []);
        var (pupils, changed) = (groups.Count * Pupils, all.Sum(sent => sent.Changed));
        var shown = await PeopleAsync(program, groups);
        run.Report.Absolute($"{groups.Count} tablets die between answer and erasing, and send again; a second device signs the same seats",
            "one pledge each counts, the same receipt, no ink lost",
            $"{pupils:N0} pupils: {shown:N0} counted, {acknowledged.Count:N0} requests stored once, {changed} receipts "
                + $"changed{string.Concat(recount.Wrong.Select(wrong => $"; {wrong}"))}",
            shown == pupils && changed == 0 && acknowledged.Count == 2 * pupils && recount.Wrong.Count == 0);
    }

    /// <summary>Each key of the first device is sent until it is stored, and again by the device that has forgotten that it was.</summary>
    private static async Task<(IReadOnlyList<Acknowledged> Acknowledged, int Changed)> SendTwiceAsync(
        RunningProgram program, string code, RelayClass group)
    {
        var (acknowledged, changed) = (new List<Acknowledged>(), 0);
        foreach (var seat in group.Seats)
        {
            var message = SignMessage.Pupil(group.Secret, code, group.ClassId, seat, DateTimeOffset.UtcNow);
            var key = Guid.CreateVersion7();
            message.Carry(key);
            await Exchange.AbandonAsync(program.EndPoint, message.Bytes, TimeSpan.FromMilliseconds(seat % 5));
            var first = await Exchange.AskAsync(program.EndPoint, message.Bytes);
            var again = await Exchange.AskAsync(program.EndPoint, message.Bytes);
            changed += first.Receipt == again.Receipt ? 0 : 1;
            if (again.IsSigned)
                acknowledged.Add(new Acknowledged(key, message.People, again));

            var other = SignMessage.Pupil(group.Secret, code, group.ClassId, seat, DateTimeOffset.UtcNow);
            var second = Guid.CreateVersion7();
            other.Carry(second);
            if (await Exchange.AskAsync(program.EndPoint, other.Bytes) is { IsSigned: true } stored)
                acknowledged.Add(new Acknowledged(second, other.People, stored));
        }
        return (acknowledged, changed);
    }

    private static async Task<long> PeopleAsync(RunningProgram program, IReadOnlyList<RelayClass> groups)
    {
        var classes = groups.Select(group => group.ClassId).ToHashSet();
        using var shown = System.Text.Json.JsonDocument.Parse(await program.GetAsync((await SeededEvent.OfAsync(program)).TallyPath));
        return shown.RootElement.GetProperty("byClass").EnumerateArray().Where(c => classes.Contains(c.GetProperty("classId").GetInt32()))
            .Sum(c => c.GetProperty("people").GetInt64());
    }
}
