using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Operations;

namespace SafetyCampaign.Schools.ClassPage;

/// <summary>
/// The class teacher's page: who has signed, for that teacher alone; declining is noted and respected; words to copy that name nobody.
/// </summary>
public sealed class ClassCoveragePage(
    ClassPageDependencies dependencies, RosterAnswers answers, PublicAddress address, IStringLocalizer<SchoolsText> localizer)
    : ClassLinkPageModel(dependencies)
{
    /// <summary>When signing ends, in words; empty where it has no end yet.</summary>
    private string Until => Event!.HomeSigningUntil is { } until
        ? localizer.Until("Reminder.Until", Event.Local(until))
        : localizer["Reminder.NoEnd"];

    /// <summary>For the group of the class.</summary>
    public string Reminder => localizer["Reminder.Group", Event!.Title, Class.LocalizedName(),
        address.PhonePage(Event.Code, Link.ClassId), Until];

    /// <summary>For one family alone.</summary>
    public string PrivateReminder => localizer["Reminder.Private", Event!.Title, address.PhonePage(Event.Code, Link.ClassId), Until];

    /// <summary>For one family alone, whose child has signed at school.</summary>
    public string GuardianReminder => localizer["Reminder.Guardian", Event!.Title, address.PhonePage(Event.Code, Link.ClassId), Until];

    public async Task OnGetAsync() => await OpenAsync();

    /// <summary>What is noted of one pupil: each button says it by its own name.</summary>
    public async Task<IActionResult> OnPostAnswerAsync(int? declined, int? absent, int? clear)
    {
        if (Event is null || (declined ?? absent ?? clear) is not { } entry)
            return BadRequest();
        RosterAnswerKind? kind = declined is not null ? RosterAnswerKind.Declined : absent is not null ? RosterAnswerKind.Absent : null;
        if (!await answers.SetAsync(Link.Id, Event.Id, Link.ClassId, entry, kind, HttpContext.RequestAborted))
            return BadRequest();
        Response.Headers.Location = $"{Address()}#pupil-{entry}";
        return StatusCode(StatusCodes.Status303SeeOther);
    }
}
