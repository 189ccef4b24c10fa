using System.Globalization;

namespace SafetyCampaign.Load.Faults.PowerCut;

/// <summary>
/// One call of the program to the kernel, as strace saw it. Between its start and its finish other threads make calls of
/// their own, so the two are separate moments of the recording.
/// </summary>
internal sealed class SystemCall(string name, string arguments)
{
    private byte[][]? strings;
    private string[]? values;

    public string Name => name;

    /// <summary>What the kernel answered; null while the call is under way.</summary>
    public long? Result { get; private set; }

    /// <summary>The file or socket it is about, where that is the first argument.</summary>
    public int Descriptor => int.Parse(Value(0), CultureInfo.InvariantCulture);

    /// <summary>The strings among the arguments: paths, and the bytes that are written or sent.</summary>
    public byte[][] Strings => strings ??= [.. QuotedIn(arguments).Select(Unescape)];

    /// <summary>An argument that is not a string: a number, a flag.</summary>
    public string Value(int place) => (values ??= arguments.Split(", "))[place];

    public long Number(int place) => long.Parse(Value(place), CultureInfo.InvariantCulture);

    public bool Says(string flag) => arguments.Contains(flag, StringComparison.Ordinal);

    public void Finish(long result) => Result = result;

    private static IEnumerable<string> QuotedIn(string text)
    {
        // Every character is escaped (strace -xx), so a quote ends a string.
        for (var open = text.IndexOf('"'); open >= 0;)
        {
            var close = text.IndexOf('"', open + 1);
            // Cut short by strace, the recording would be worth nothing.
            if (text.AsSpan(close + 1).StartsWith("..."))
                throw new InvalidDataException($"The recording holds only the beginning of a {text.Length} character call.");
            yield return text[(open + 1)..close];
            open = text.IndexOf('"', close + 1);
        }
    }

    /// <summary><c>\x41\x42</c> is AB.</summary>
    private static byte[] Unescape(string escaped) => Convert.FromHexString(escaped.Replace("\\x", "", StringComparison.Ordinal));
}

/// <summary>A moment of the recording: a call starts, or has finished.</summary>
internal readonly record struct Moment(SystemCall Call, bool Finished);
