using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Scenes;

/// <summary>A class as a vessel whose water level is its share of signers.</summary>
/// <param name="Count">Null for a small class, see <see cref="SmallClassRule"/>: it has neither water nor number.</param>
/// <param name="Counted">What fills it: whole families where pupils need a guardian, else people.</param>
/// <param name="Waterline">See <see cref="WaterLevel.Waterline"/>.</param>
public sealed record Vessel(PublishedClass Class, int? Count, string Counted, int Waterline)
{
    /// <summary>The vessels of an event's classes, by school.</summary>
    public static IEnumerable<IGrouping<string, Vessel>> BySchool(PublishedEvent e, Tally shown) => e.Classes
        .Join(shown.ByClass, group => group.Id, tally => tally.ClassId, Of).GroupBy(vessel => vessel.Class.School);

    public static Vessel Of(PublishedClass group, ClassTally tally)
    {
        var count = group.NeedsGuardian ? tally.Families : tally.People;
        return new Vessel(group, count, group.NeedsGuardian ? "families" : "people", WaterLevel.Waterline(count ?? 0, group.Expected));
    }

    /// <summary>Its name needs the width of two: 24级护理3班.</summary>
    public bool IsWide => Name.Sum(c => c < '\u2E80' ? LatinWidth : 1) > MaxNameWidth;

    /// <summary>Of a letter or digit, beside a Chinese character's.</summary>
    private const double LatinWidth = .55;

    /// <summary>In Chinese characters: 高二12班 fits.</summary>
    private const double MaxNameWidth = 4.2;

    /// <summary>Brief, to be read from afar: 五1班; in English 5-1.</summary>
    public string Name => Class.Name.BriefIn(CultureInfo.CurrentUICulture);
}
