using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Layout;

/// <summary>Names of classes in the reader's language.</summary>
public static class ClassNameExtensions
{
    public static string LocalizedName(this ClassGroup group) => group.Name.In(CultureInfo.CurrentUICulture);

    public static string LocalizedName(this PublishedClass group) => group.Name.In(CultureInfo.CurrentUICulture);

    /// <summary>
    /// For a list below a heading that the name repeats word for word, as English names do (Grade 8: Grade 8 Class 1): without it.
    /// </summary>
    public static string LocalizedNameBelow(this ClassName name, string heading)
    {
        var whole = name.In(CultureInfo.CurrentUICulture);
        return whole.StartsWith(heading + " ", StringComparison.Ordinal) ? whole[(heading.Length + 1)..] : whole;
    }

    /// <summary>With the school before it, for where several take part.</summary>
    public static string LocalizedFullName(this PublishedClass group) => $"{group.School} {group.LocalizedName()}";
}
