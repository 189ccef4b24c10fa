using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Backups;

/// <summary>That something was erased, so that it can be erased again in an older copy of the database. It holds no names.</summary>
/// <param name="Kind">
/// <see cref="LedgerActKind.Withdrawn"/>, <see cref="LedgerActKind.Erased"/>, <see cref="LedgerActKind.Corrected"/> or
/// <see cref="LedgerActKind.MaskedNameWithdrawn"/> of one request;
/// <see cref="LedgerActKind.RehearsalWiped"/> of all practice of an event.
/// </param>
/// <param name="Subject">The request's key in hexadecimal digits; or the event's code.</param>
/// <param name="At">When.</param>
/// <param name="KeepUntil">A day after which no backup can hold the names any more.</param>
public sealed record ErasureRecord(LedgerActKind Kind, string Subject, DateTimeOffset At, DateOnly KeepUntil)
{
    private const int CheckLength = 8;

    /// <summary>A line without its end. Its last part is the beginning of the SHA-256 of the others.</summary>
    internal string Write()
    {
        var text = string.Create(CultureInfo.InvariantCulture, $"{Kind} {Subject} {At.UtcTicks} {KeepUntil:yyyy-MM-dd}");
        return $"{text} {CheckOf(text)}";
    }

    /// <summary>Null for a line that was not written whole.</summary>
    internal static ErasureRecord? Read(string line)
    {
        var parts = line.Split(' ');
        return parts.Length == 5 && CheckOf(string.Join(' ', parts[..4])) == parts[4]
            && Enum.TryParse<LedgerActKind>(parts[0], out var kind)
            && long.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            && DateOnly.TryParseExact(parts[3], "yyyy-MM-dd", out var keepUntil)
            ? new ErasureRecord(kind, parts[1], new DateTimeOffset(ticks, TimeSpan.Zero), keepUntil)
            : null;
    }

    private static string CheckOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..CheckLength];
}
