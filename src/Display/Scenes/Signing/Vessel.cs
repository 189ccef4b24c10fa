using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Display.Scenes;

/// <summary>A class as a vessel that fills with water.</summary>
/// <param name="Counted">What fills it: whole families where pupils need a guardian, else people.</param>
/// <param name="Waterline">How far below the rim the water stands, in hundredths of the vessel: 97 when empty, 6 when full.</param>
public sealed record Vessel(PublishedClass Class, int Count, string Counted, int Waterline)
{
    /// <summary>The level of a class whose size nobody has said: calm water that tells nothing.</summary>
    private const double Calm = 0.4;

    /// <summary>The vessels of an event's classes, by school.</summary>
    public static IEnumerable<IGrouping<string, Vessel>> BySchool(PublishedEvent e, Tally shown) => e.Classes
        .Join(shown.ByClass, group => group.Id, tally => tally.ClassId, Of).GroupBy(vessel => vessel.Class.School);

    public static Vessel Of(PublishedClass group, ClassTally tally)
    {
        var count = group.NeedsGuardian ? tally.Families : tally.People;
        var level = group.Expected is { } expected ? Math.Min(1, (double)count / expected) : Calm;
        return new Vessel(group, count, group.NeedsGuardian ? "families" : "people", (int)Math.Round(97 - 91 * level));
    }

    /// <summary>Brief, to be read from afar: 五1班; in English 5-1.</summary>
    public string Name => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en"
        ? $"{Class.Grade}-{Class.Number}"
        : ClassGroup.NameOf(Class.Grade, Class.Number, CultureInfo.CurrentUICulture).Replace("（", "").Replace("）", "");
}
