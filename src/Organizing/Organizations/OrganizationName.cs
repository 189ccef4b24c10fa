using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Organizing.Organizations;

/// <summary>How a form reads the name of an organization.</summary>
internal static class OrganizationName
{
    /// <summary>The name without spaces around; what is wrong with it is said at the field.</summary>
    public static string Read(string? typed, ModelStateDictionary form, string field, IStringLocalizer<OrganizingText> localizer)
    {
        var name = typed?.Trim() ?? "";
        if (name.Length is 0 or > Organization.NameMaxLength)
            form.AddModelError(field, localizer["Organization.NameMissing", Organization.NameMaxLength]);
        else if (!AllowedCharacters.InLine(name))
            form.AddModelError(field, localizer["Organization.NameInvisible"]);
        return name;
    }

    /// <summary>The name in a further language, which may be left empty.</summary>
    public static string ReadTranslation(
        string? typed, ModelStateDictionary form, string field, IStringLocalizer<OrganizingText> localizer) =>
        string.IsNullOrWhiteSpace(typed) ? "" : Read(typed, form, field, localizer);
}
