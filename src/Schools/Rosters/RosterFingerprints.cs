using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Schools.Rosters;

/// <summary>
/// How the lists of a school's classes stood when a page was shown. Whoever saves a list is told where somebody else has changed that
/// very list meanwhile; what was saved on the list of another class of the school stands in nobody's way.
/// </summary>
public sealed class RosterFingerprints
{
    /// <summary>Bytes kept of the SHA-256 of a class's name and of its list: multiples of 3, so that base64url needs no padding.</summary>
    private const int NameBytes = 6, ListBytes = 9;

    private const int NameLength = NameBytes / 3 * 4, Length = (NameBytes + ListBytes) / 3 * 4;

    private readonly Dictionary<string, string> byClass;

    private RosterFingerprints(Dictionary<string, string> byClass) => this.byClass = byClass;

    /// <summary>Of the lists of all classes of a school.</summary>
    /// <param name="school">With its classes.</param>
    /// <param name="entries">All pupils of the school, those who have left included.</param>
    public static RosterFingerprints Of(Organization school, IEnumerable<RosterEntry> entries)
    {
        var lists = entries.ToLookup(entry => entry.ClassId);
        return new(school.Classes.ToDictionary(group => KeyOf(group.Name), group => Of(group, lists[group.Id])));
    }

    /// <summary>Of the list of one class.</summary>
    /// <param name="group">The class.</param>
    /// <param name="entries">All of its pupils, those who have left included.</param>
    public static string Of(ClassGroup group, IEnumerable<RosterEntry> entries)
    {
        var list = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{group.Id} {group.MergedIntoId}");
        foreach (var entry in entries.OrderBy(entry => entry.Id))
            list.Append(CultureInfo.InvariantCulture, $"\n{entry.Id} {entry.Seat} {entry.LeftAt?.UtcTicks} {entry.Name}");
        return DigestOf(list.ToString(), ListBytes);
    }

    /// <summary>Reads what <see cref="ToString"/> has written; in anything else there is no class.</summary>
    public static RosterFingerprints Read(string? text)
    {
        var read = new Dictionary<string, string>();
        for (var at = 0; at + Length <= text?.Length; at += Length)
            read[text[at..(at + NameLength)]] = text[(at + NameLength)..(at + Length)];
        return new(read);
    }

    /// <summary>Whether the lists of some classes are as they were; a class that the school does not have has none.</summary>
    public bool AreAsIn(RosterFingerprints now, IEnumerable<ClassName> classes) => classes.Select(KeyOf)
        .All(key => byClass.GetValueOrDefault(key) == now.byClass.GetValueOrDefault(key));

    /// <summary>For a hidden field.</summary>
    public override string ToString() => string.Concat(byClass.Select(of => of.Key + of.Value));

    private static string KeyOf(ClassName name) => DigestOf(name.In(InterfaceLanguages.Default.Culture), NameBytes);

    private static string DigestOf(string text, int bytes) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
