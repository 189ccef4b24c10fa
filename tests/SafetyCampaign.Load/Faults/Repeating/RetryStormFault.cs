using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Faults.Repeating;

/// <summary>A network in which answers get lost: phones repeat what has long been stored.</summary>
internal static class RetryStormFault
{
    private const string What = "Retry storm: each request up to 10 times, answers dropped";
    private const string Hold = "exactly one pledge each, the same receipt";
    private const int MaxTimes = 10;
    private const int PhonesAtOnce = 50;

    public static Fault Fault { get; } = new("retry-storm",
        "Every phone sends each request up to ten times, in whole or in part, and cuts the connection before, while or after it is "
            + "answered; the last answer is read.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        run.Now("phones repeat what they sent");
        await using var program = new RunningProgram(run.Program);
        var e = await SeededEvent.StartWithAsync(program);
        var storm = await StormAsync(program, e, requests: run.Short ? 300 : 5000);
        run.Report.Absolute(What, Hold, $"{storm.Requests:N0} requests sent {storm.Sent:N0} times: {storm.Describe()}",
            storm.Wrong.Count == 0);
    }

    /// <summary>Lets it storm, then looks at what every phone was told and at the rows.</summary>
    public static async Task<RetryStorm> StormAsync(RunningProgram program, SeededEvent e, int requests)
    {
        var storm = new RetryStorm();
        await Parallel.ForAsync(0, requests, new ParallelOptions { MaxDegreeOfParallelism = PhonesAtOnce },
            async (number, _) => await SignAsync(program, e, number, storm));
        return await storm.JudgeAsync(program, e);
    }

    private static async Task SignAsync(RunningProgram program, SeededEvent e, int number, RetryStorm storm)
    {
        var random = new Random(number);
        var message = SignMessage.Family(e.PledgesPath, e.Classes[number % e.Classes.Count]);
        var key = Guid.CreateVersion7();
        message.Carry(key);
        var times = random.Next(1, MaxTimes + 1);
        for (var time = 1; time < times; time++)
        {
            var sent = random.Next(4) == 0 ? message.Bytes[..random.Next(message.Bytes.Length)] : message.Bytes;
            if (random.Next(3) == 0)
                storm.Told(key, message.People, await Exchange.AskAsync(program.EndPoint, message.Bytes));
            else
                await Exchange.AbandonAsync(program.EndPoint, sent, TimeSpan.FromMilliseconds(random.Next(10)));
        }
        storm.Told(key, message.People, await Exchange.AskAsync(program.EndPoint, message.Bytes));
        storm.Count(times);
    }
}
