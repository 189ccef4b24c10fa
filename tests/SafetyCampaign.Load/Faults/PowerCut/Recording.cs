using System.Globalization;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>What strace wrote down of one run of a program: every call that changes a file, makes it durable, or sends an answer.</summary>
internal sealed partial class Recording(string file)
{
    /// <summary>Everything through which a file's content or name can change. What the replay does not know makes it fail, not guess.</summary>
    private const string Calls =
        "execve,openat,creat,close,dup,dup2,dup3,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,ftruncate,fallocate,"
        + "rename,renameat,renameat2,unlink,unlinkat,link,linkat,copy_file_range,sendfile,mmap,sendto,sendmsg";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What to start the program through. Whole strings, every character escaped; the program keeps its process id (-D).</summary>
    public IReadOnlyList<string> Through => ["strace", "-D", "-f", "--seccomp-bpf", "-q", "-o", file, "-xx", "-s", "1048576", "-e", $"trace={Calls}"];

    /// <summary>The program has ended; completes when strace has written down its last call.</summary>
    public async Task EndedAsync()
    {
        var program = File.ReadLines(file).First().Split(' ')[0];
        using var patience = new CancellationTokenSource(Patience);
        while (LastLine().Split(' ', StringSplitOptions.RemoveEmptyEntries) is not [var thread, "+++", ..] || thread != program)
            await Task.Delay(10, patience.Token);
    }

    /// <summary>The recording's moments in order.</summary>
    public IEnumerable<Moment> Read()
    {
        var underWay = new Dictionary<string, SystemCall>();
        foreach (var line in File.ReadLines(file))
        {
            if (Line().Match(line) is not { Success: true } read)
                continue; // a signal, or a thread's end
            var thread = read.Groups["thread"].Value;
            var call = read.Groups["resumed"].Success ? underWay[thread] : new SystemCall(read.Groups["name"].Value, read.Groups["arguments"].Value);
            if (!read.Groups["resumed"].Success)
                yield return new Moment(call, Finished: false);
            if (read.Groups["unfinished"].Success)
            {
                underWay[thread] = call;
                continue;
            }
            // "?" stands where the program ended within the call.
            if (!TryResult(read.Groups["result"].Value, out var result))
                continue;
            call.Finish(result);
            yield return new Moment(call, Finished: true);
        }
    }

    private string LastLine()
    {
        using var end = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        end.Seek(-Math.Min(end.Length, 200), SeekOrigin.End);
        return new StreamReader(end).ReadToEnd().TrimEnd('\n').Split('\n')[^1];
    }

    private static bool TryResult(string text, out long result) => text.StartsWith("0x", StringComparison.Ordinal)
        ? long.TryParse(text.AsSpan(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out result)
        : long.TryParse(text, CultureInfo.InvariantCulture, out result);

    [GeneratedRegex(
        @"^(?<thread>\d+)\s+(?:(?<resumed><\.\.\. \w+ resumed>)|(?<name>\w+)\()(?<arguments>.*?)"
        + @"(?:(?<unfinished>\s*<unfinished \.\.\.>)|\)\s+= (?<result>-?\w+).*)$", RegexOptions.ExplicitCapture | RegexOptions.Singleline)]
    private static partial Regex Line();
}
