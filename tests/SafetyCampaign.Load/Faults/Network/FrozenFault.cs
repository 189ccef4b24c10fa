using System.Net.Sockets;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Running;
using SafetyCampaign.Load.Screens;

namespace SafetyCampaign.Load.Faults.Network;

/// <summary>Phones and screens that have gone to sleep with their connections open.</summary>
internal static class FrozenFault
{
    private const int Frozen = 200;
    private const int FrozenScreens = 20;

    public static Fault Fault { get; } = new("frozen-sockets",
        "Leaves connections open that never finish: half a request, an answer that nobody reads, screens that read nothing more; others "
            + "sign and watch meanwhile.",
        RunAsync);

    private static async Task RunAsync(FaultRun run)
    {
        run.Now("frozen phones and screens beside live ones");
        await using var program = new RunningProgram(run.Program);
        var e = await SeededEvent.StartWithAsync(program);
        await using var onlookers = await Observers.OfAsync(program, e);
        await using var hall = await ScreenGroup.OpenAsync(program, e, FrozenScreens);
        foreach (var screen in hall.Screens)
            screen.Freeze();
        var sockets = new List<Socket>();
        var possible = new List<Guid>();
        try
        {
            for (var i = 0; i < Frozen; i++)
                sockets.Add(await FreezeAsync(program, e, i, possible));
            var signed = await PledgeLoad.Of(program, e, phones: 50).RunAsync(TimeSpan.FromSeconds(run.Short ? 2 : 20));
            var wrong = (await onlookers.LeaveAsync())
                .Concat((await Recount.OfAsync(program, e, signed.Acknowledged, [.. signed.Unanswered, .. possible])).Wrong).ToList();
            run.Report.Absolute("Frozen sockets: half requests, unread answers, screens that never read", "everybody else signs and sees",
                $"{Frozen} phones and {FrozenScreens} screens frozen; {signed.Acknowledged.Count:N0} others "
                    + $"signed{(signed.Trouble == "" ? "" : $"; {signed.Trouble}")}{string.Concat(wrong.Select(w => $"; {w}"))}",
                signed.IsClean && wrong.Count == 0, $"p99 {signed.Took.Percentile(0.99).TotalMilliseconds:N0} ms");
        }
        finally
        {
            sockets.ForEach(socket => socket.Dispose());
        }
    }

    /// <summary>Every second phone sends half of its request, the others the whole of it and never read.</summary>
    private static async Task<Socket> FreezeAsync(RunningProgram program, SeededEvent e, int number, List<Guid> possible)
    {
        var key = Guid.CreateVersion7();
        var message = SignMessage.Family(e.PledgesPath, e.Classes[0]);
        message.Carry(key);
        var isHalf = number % 2 == 0;
        if (!isHalf)
            possible.Add(key);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 1024 };
        await socket.ConnectAsync(program.EndPoint);
        await socket.SendAsync(isHalf ? message.Bytes[..(message.Bytes.Length / 2)] : message.Bytes);
        return socket;
    }
}
