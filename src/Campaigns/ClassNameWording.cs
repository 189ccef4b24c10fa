using System.Collections.Concurrent;
using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>Writes the names of classes as a school does. Cached: a tally names every class.</summary>
public static class ClassNameWording
{
    private static readonly ConcurrentDictionary<(string Language, ClassName Name), (string Full, string Brief)> Names = new();

    /// <summary>五（1）班, 高一（2）班, 大班, 2024级护理3班, 实验班; in English "Grade 5 Class 1", "K3", "2024 entry 护理 Class 3".</summary>
    /// <param name="name">Of the class.</param>
    /// <param name="culture">The reader's language; one without resources of its own is answered in the default language.</param>
    public static string In(this ClassName name, CultureInfo culture) => NamesOf(name, culture).Full;

    /// <summary>Brief, to be read from afar: 五1班, 24级护理3班; in English 5-1, 24-护理 3.</summary>
    public static string BriefIn(this ClassName name, CultureInfo culture) => NamesOf(name, culture).Brief;

    /// <summary>The heading under which a list has the class: 七年级, 大班, 2024级; in English "Grade 7", "K3", "2024 entry".</summary>
    public static string HeadingIn(this ClassName name, CultureInfo culture) => name switch
    {
        { Grade: not 0 } => Word($"Heading.{name.Grade}", culture),
        { EntryYear: not 0 } => OfStage(name, Fill("Class.Heading.OfYear", culture, name.EntryYear), "Full", culture),
        _ => Word("Class.Heading.Named", culture),
    };

    private static (string Full, string Brief) NamesOf(ClassName name, CultureInfo culture) => Names.GetOrAdd((culture.Name, name),
        static (asked, culture) => (Write(asked.Name, "Full", culture), Write(asked.Name, "Brief", culture)), culture);

    private static string Write(ClassName name, string style, CultureInfo culture)
    {
        if (name is { Grade: not 0, Label: "" })
        {
            var pattern = name.Number == 0 ? "Whole" : name.Grade < 0 ? "Kindergarten" : "Graded";
            return Fill($"Class.{style}.{pattern}", culture, Word($"Grade.{name.Grade}", culture), name.Number);
        }
        var own = name switch
        {
            { Label: "" } => Fill($"Class.{style}.Number", culture, name.Number),
            { Number: 0 } => Fill($"Class.{style}.Label", culture, name.Label),
            _ => Fill($"Class.{style}.LabelNumber", culture, name.Label, name.Number),
        };
        if (name.Grade != 0)
            return Fill($"Class.{style}.OfGrade", culture, Word($"Heading.{name.Grade}", culture), own);
        return name.EntryYear == 0
            ? own
            : OfStage(name, Fill($"Class.{style}.OfYear", culture, name.EntryYear, name.EntryYear % 100, own), style, culture);
    }

    private static string OfStage(ClassName name, string rest, string style, CultureInfo culture) => name.Stage == SchoolStage.Unknown
        ? rest
        : Fill($"Class.{style}.OfStage", culture, Word($"Stage.{name.Stage}", culture), rest);

    private static string Fill(string key, CultureInfo culture, params object[] parts) => string.Format(culture, Word(key, culture), parts);

    private static string Word(string key, CultureInfo culture) => CampaignsText.In(culture, key);
}
