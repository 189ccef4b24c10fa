using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Desk;

/// <summary>What a pledge of the list is; part of the page's address.</summary>
public enum SignerState
{
    /// <summary>Neither withdrawn nor found invalid.</summary>
    Valid,

    /// <summary>By its signers.</summary>
    Withdrawn,

    /// <summary>By an organizer.</summary>
    Invalid,

    /// <summary>Something was noticed when it came in, see <see cref="SigningFlag.Suspicious"/>.</summary>
    Flagged,

    /// <summary>It came after signing had ended, within the event's grace.</summary>
    Late,

    /// <summary>Name and signature were erased, and it counts.</summary>
    Erased,
}

/// <summary>How the list is sorted; part of the page's address.</summary>
public enum SignerSort
{
    /// <summary>As they signed, the last first; as everywhere where nothing is said.</summary>
    Newest,

    /// <summary>As they signed, the first first.</summary>
    Oldest,

    /// <summary>As <see cref="NameOrder"/> has it; what has no name any more at the end.</summary>
    Name,
    NameDescending,

    /// <summary>By class as the event lists them, the last first in each; without a class at the end.</summary>
    Class,
    ClassDescending,
}

/// <summary>
/// Which signers are asked for, as the address says it; of the page that lists them, and of the file. What cannot be read asks for nothing.
/// </summary>
public sealed class SignerFilter
{
    /// <summary>In an address, the class of those who belong to none.</summary>
    public const string NoClass = "none";

    /// <summary>The id of a class, or <see cref="NoClass"/>.</summary>
    public string? Class { get; set; }

    /// <summary>The name of a <see cref="SignerRole"/>, in any case; so are the next two.</summary>
    public string? Role { get; set; }

    public string? Channel { get; set; }

    public string? State { get; set; }

    /// <summary>The name of a <see cref="SignerSort"/>.</summary>
    public string? Sort { get; set; }

    public bool IsEmpty => new[] { Class, Role, Channel, State }.All(string.IsNullOrEmpty);

    /// <summary>Null where no class, or none at all, is asked for.</summary>
    public int? ClassId => int.TryParse(Class, CultureInfo.InvariantCulture, out var id) ? id : null;

    public SignerRole? InRole => WireNames.TryRead<SignerRole>(Role, out var role) ? role : null;

    public SigningChannel? ByChannel => WireNames.TryRead<SigningChannel>(Channel, out var channel) ? channel : null;

    public SignerState? InState => WireNames.TryRead<SignerState>(State, out var state) ? state : null;

    public SignerSort Sorted => WireNames.TryRead<SignerSort>(Sort, out var sort) ? sort : SignerSort.Newest;

    /// <summary>Of this filter the class alone.</summary>
    public SignerFilter OfClass() => new() { Class = Class };

    /// <summary>Of this filter what can be asked of pledges that count.</summary>
    public SignerFilter OfCounted() => new() { Class = Class, Role = Role, Channel = Channel };

    /// <summary>Whether the filter lets a class through; null is none at all.</summary>
    public bool IsOfClass(int? classId) => Class == NoClass ? classId is null : ClassId is not { } asked || classId == asked;

    /// <summary>As a query string, to go on from here or to print.</summary>
    /// <param name="before">The sequence number of the last pledge of the page before; null for the first page.</param>
    /// <param name="print">The page made for paper.</param>
    /// <param name="sort">Another order; null for the one there is.</param>
    public string Query(long? before = null, bool print = false, SignerSort? sort = null)
    {
        var order = sort ?? Sorted;
        (string Name, string? Value)[] asked =
        [
            ("class", Class), ("role", Role), ("channel", Channel), ("state", State),
            ("sort", order == SignerSort.Newest ? null : order.WireName()),
            ("before", before?.ToString(CultureInfo.InvariantCulture)), ("print", print ? "true" : null),
        ];
        return string.Concat(asked.Where(one => !string.IsNullOrEmpty(one.Value))
            .Select((one, place) => $"{(place == 0 ? '?' : '&')}{one.Name}={Uri.EscapeDataString(one.Value!)}"));
    }

    /// <summary>Those of the pledges that are asked for.</summary>
    public IQueryable<Pledge> Of(CampaignDb db, IQueryable<Pledge> pledges)
    {
        if (Class == NoClass)
            pledges = pledges.Where(p => p.ClassId == null);
        else if (ClassId is { } classId)
            pledges = pledges.Where(p => p.ClassId == classId);
        if (InRole is { } role)
            pledges = pledges.Where(p => p.Role == role);
        if (ByChannel is { } channel)
            pledges = pledges.Where(p => p.Channel == channel);
        return InState switch
        {
            SignerState.Valid => pledges.Where(CountingRule.ValidPledge),
            SignerState.Withdrawn => pledges.Where(p => p.WithdrawnAt != null),
            SignerState.Invalid => pledges.Where(CountingRule.InvalidPledge),
            SignerState.Erased => pledges.Where(p => p.ErasedAt != null && p.WithdrawnAt == null),
            SignerState.Late => pledges.Where(p => db.SigningFlags.Any(
                f => f.Sequence == p.Sequence - p.Position && (f.Flags & SigningFlags.AfterClosing) != 0)),
            SignerState.Flagged => pledges.Where(p => db.SigningFlags.Any(
                f => f.Sequence == p.Sequence - p.Position && (f.Flags & SigningFlag.Suspicious) != 0)),
            _ => pledges,
        };
    }
}
