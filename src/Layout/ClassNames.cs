using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Layout;

/// <summary>Names of classes in the reader's language.</summary>
public static class ClassNames
{
    public static string NameHere(this ClassGroup group) => ClassGroup.NameOf(group.Grade, group.Number, CultureInfo.CurrentUICulture);

    public static string NameHere(this PublishedClass group) => ClassGroup.NameOf(group.Grade, group.Number, CultureInfo.CurrentUICulture);

    /// <summary>With the school before it, for where several take part.</summary>
    public static string FullNameHere(this PublishedClass group) => $"{group.School} {group.NameHere()}";
}
