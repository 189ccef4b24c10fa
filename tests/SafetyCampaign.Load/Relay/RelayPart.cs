using System.Diagnostics;
using System.Net.Http.Json;
using SafetyCampaign.Load.Counting;
using SafetyCampaign.Load.Phones;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Load.Running;

namespace SafetyCampaign.Load.Relay;

/// <summary>
/// All classes of a district's schools come online at once, each with its whole class waiting on the device, while families go on signing
/// on their phones. Limits on; the devices share one address, as behind one school network.
/// </summary>
internal static class RelayPart
{
    private const int PhonesPerSecond = 10;

    public static async Task RunAsync(RunOptions options, Report report)
    {
        var (classes, pupils) = options.Short ? (20, 45) : (options.Number("classes", 200), 45);
        report.Progress.Now("publishing and starting the program");
        await using var program = new RunningProgram(await PublishedProgram.MakeAsync(options))
        {
            Settings = new() { ["Proxies:Known"] = "127.0.0.1" },
        };
        var e = await SeededEvent.StartWithAsync(program);
        var planted = await PlantedClasses.PlantAsync(program, classes, pupils);
        var devices = planted.Select(group => new ClassDevice(program, e, group)).ToList();
        var phones = new Families(program, e);
        await phones.SignAsync(TimeSpan.FromSeconds(2)); // the program is warm

        report.Progress.Now("families alone");
        var alone = await phones.SignAsync(TimeSpan.FromSeconds(options.Short ? 3 : 10));
        report.Progress.Now($"{classes} classes come online");
        using var ended = new CancellationTokenSource();
        var beside = phones.SignAsync(TimeSpan.FromMinutes(5), ended.Token);
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(devices.Select(device => Task.Run(device.SendAsync)));
        var took = Stopwatch.GetElapsedTime(started);
        await ended.CancelAsync();
        var meanwhile = await beside;

        var sent = new Latencies();
        devices.ForEach(device => sent.Add(device.Latencies));
        report.Measured($"{classes} classes with {pupils} waiting each, until all are in", Threshold.AtMost(60, "s", "0.0"),
            took.TotalSeconds, $"{devices.Sum(device => device.Waits):N0} times a device was told to wait");
        report.Show("A class's own pledge, p50 and p99 of the answer", $"{Milliseconds(sent, 0.5)} and {Milliseconds(sent, 0.99)}");
        report.Show("A family on its phone, p50 and p99 before", $"{Milliseconds(alone, 0.5)} and {Milliseconds(alone, 0.99)}");
        report.Measured("A family on its phone meanwhile, p99 of the answer", Threshold.AtMost(250, "ms", "0"),
            meanwhile.Percentile(0.99).TotalMilliseconds, $"p50 {Milliseconds(meanwhile, 0.5)}");
        report.Absolute("Pledges of the classes on record", "every one, once", $"{devices.Sum(device => device.Acknowledged.Count):N0}",
            devices.Sum(device => device.Acknowledged.Count) == classes * pupils);
        report.Recounted("the classes", await Recount.OfAsync(
            program, e, devices.SelectMany(device => device.Acknowledged).Concat(phones.Acknowledged), []));
        devices.ForEach(device => device.Dispose());
    }

    private static string Milliseconds(Latencies latencies, double share) => $"{latencies.Percentile(share).TotalMilliseconds:0.0} ms";

    /// <summary>Families at addresses of their own, at a steady pace.</summary>
    private sealed class Families(RunningProgram program, SeededEvent e)
    {
        private readonly HttpClient http = new(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = program.Address };
        private int number;

        public List<Acknowledged> Acknowledged { get; } = [];

        public async Task<Latencies> SignAsync(TimeSpan length, CancellationToken cancellationToken = default)
        {
            var latencies = new Latencies();
            var signing = new List<Task>();
            using var pace = new PeriodicTimer(TimeSpan.FromSeconds(1d / PhonesPerSecond));
            for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < length
                && !cancellationToken.IsCancellationRequested;)
            {
                signing.Add(SignOneAsync(latencies));
                await pace.WaitForNextTickAsync(CancellationToken.None);
            }
            await Task.WhenAll(signing);
            return latencies;
        }

        private async Task SignOneAsync(Latencies latencies)
        {
            var (key, family) = (Guid.CreateVersion7(), Interlocked.Increment(ref number));
            using var request = new HttpRequestMessage(HttpMethod.Post, e.PledgesPath);
            request.Headers.Add("X-Forwarded-For", $"10.{family >> 16 & 255}.{family >> 8 & 255}.{family & 255}");
            request.Content = JsonContent.Create(new
            {
                key,
                textVersions = new { student = 1, guardian = 1 },
                classId = e.Classes[family % e.Classes.Count],
                signers = new object[]
                {
                    new { role = "student", name = $"家庭{family}", signature = Ink.Signature },
                    new { role = "guardian", name = "王芳", relation = "mother", signature = Ink.Signature },
                },
                consents = new { guardian = true, showMaskedName = false },
            });
            var sent = Stopwatch.GetTimestamp();
            using var answer = await http.SendAsync(request);
            var read = Answer.ReadBody((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync());
            if (!read.IsSigned)
                throw new InvalidOperationException($"A family was answered with {answer.StatusCode}.");
            lock (latencies)
            {
                latencies.AddSince(sent);
                Acknowledged.Add(new Acknowledged(key, 2, read));
            }
        }
    }
}
