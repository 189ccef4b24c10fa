using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Repeating;

/// <summary>A phone that presses fifty times at once, and another that comes with its key.</summary>
internal static class SameKeyFault
{
    private const int AtOnce = 50;

    public static Fault Fault { get; } = new("same-key",
        "Sends one request fifty times at the same moment, on fifty connections, then another content with the same key.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        run.Now("the same key at once");
        await using var program = new RunningProgram(run.Program);
        var e = await SeededEvent.StartWithAsync(program);
        var acknowledged = new List<Acknowledged>();
        var rounds = run.Short ? 20 : 200;
        var (created, receipts, refused) = (0, 0, 0);
        for (var round = 0; round < rounds; round++)
        {
            var key = Guid.CreateVersion7();
            var message = SignMessage.Family(e.PledgesPath, e.Classes[0]);
            message.Carry(key);
            var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => Exchange.AskAsync(program.EndPoint, message.Bytes)));
            acknowledged.Add(new Acknowledged(key, message.People, answers[0]));
            created += answers.Count(answer => answer.Status == 201);
            receipts += answers.Select(answer => answer.Receipt).Distinct().Count();

            var other = SignMessage.Family(e.PledgesPath, e.Classes[1]);
            other.Carry(key);
            refused += (await Exchange.AskAsync(program.EndPoint, other.Bytes)).Status == 409 ? 1 : 0;
        }
        var recount = await Recount.OfAsync(program, e, acknowledged, []);
        run.Report.Absolute("Same key, 50 at once", "1 pledge, 1 receipt; another body → 409",
            $"{rounds} keys: {created} × 201, {receipts} receipts, {refused} × "
                + $"409{string.Concat(recount.Wrong.Select(wrong => $"; {wrong}"))}",
            created == rounds && receipts == rounds && refused == rounds && recount.Wrong.Count == 0);
    }
}
