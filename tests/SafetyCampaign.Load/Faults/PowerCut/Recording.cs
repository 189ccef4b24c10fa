using System.Globalization;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>What strace wrote down of one run of a program: every call that changes a file, makes it durable, or sends an answer.</summary>
internal sealed class Recording(string file)
{
    /// <summary>
    /// Everything through which a file's content or name can change. What the replay does not know makes it fail, not guess.
    /// </summary>
    private const string Calls =
        "execve,openat,creat,close,dup,dup2,dup3,write,pwrite64,writev,pwritev,pwritev2,fsync,fdatasync,ftruncate,fallocate,"
        + "rename,renameat,renameat2,unlink,unlinkat,link,linkat,copy_file_range,sendfile,mmap,sendto,sendmsg";

    private const string Unfinished = "<unfinished ...>";
    private const string Answers = " = ";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>What to start the program through. Whole strings, every character escaped; the program keeps its process id (-D).</summary>
    public IReadOnlyList<string> Through =>
        ["strace", "-D", "-f", "--seccomp-bpf", "-q", "-o", file, "-xx", "-s", "1048576", "-e", $"trace={Calls}"];

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
            var thread = line[..line.IndexOf(' ')];
            var said = line.AsSpan(thread.Length).TrimStart();
            if (said.StartsWith("+++") || said.StartsWith("---"))
                continue; // a thread's end, or a signal
            var isResumed = said.StartsWith("<...");
            var isUnfinished = said.EndsWith(Unfinished);
            if (!isResumed)
            {
                underWay[thread] = Started(isUnfinished ? said[..^Unfinished.Length].TrimEnd() : said[..ClosingBracket(said)]);
                yield return new Moment(underWay[thread], Finished: false);
            }
            // "?" stands where the program ended within the call.
            if (isUnfinished
                || !TryResult(line.AsSpan(line.LastIndexOf(Answers, StringComparison.Ordinal) + Answers.Length), out var result))
                continue;
            underWay[thread].Finish(result);
            yield return new Moment(underWay[thread], Finished: true);
        }
    }

    private static SystemCall Started(ReadOnlySpan<char> call)
    {
        var bracket = call.IndexOf('(');
        return new SystemCall(call[..bracket].ToString(), call[(bracket + 1)..].ToString());
    }

    private static int ClosingBracket(ReadOnlySpan<char> call) => call[..call.LastIndexOf(Answers)].LastIndexOf(')');

    /// <summary><c>4096</c>, <c>0x7f12…</c>, or <c>-1 ENOENT (No such file or directory)</c>.</summary>
    private static bool TryResult(ReadOnlySpan<char> text, out long result)
    {
        var end = text.IndexOf(' ');
        var number = end < 0 ? text : text[..end];
        return number.StartsWith("0x")
            ? long.TryParse(number[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out result)
            : long.TryParse(number, CultureInfo.InvariantCulture, out result);
    }

    private string LastLine()
    {
        using var end = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        end.Seek(-Math.Min(end.Length, 200), SeekOrigin.End);
        return new StreamReader(end).ReadToEnd().TrimEnd('\n').Split('\n')[^1];
    }
}
