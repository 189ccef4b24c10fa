using System.Globalization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Layout;

/// <summary>Names of classes in the reader's language.</summary>
public static class ClassNameExtensions
{
    public static string LocalizedName(this ClassGroup group) => group.Name.In(CultureInfo.CurrentUICulture);

    public static string LocalizedName(this PublishedClass group) => group.Name.In(CultureInfo.CurrentUICulture);

    /// <summary>With the school before it, for where several take part.</summary>
    public static string LocalizedFullName(this PublishedClass group) => $"{group.School} {group.LocalizedName()}";
}
