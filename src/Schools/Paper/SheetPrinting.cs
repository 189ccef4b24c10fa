using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Layout;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>Puts the words onto class sheets and draws them, as many pages as the class needs.</summary>
public sealed class SheetPrinting(
    PaperSheets sheets, CampaignDbFactory dbFactory, InterfaceLanguages languages, IStringLocalizer<PaperText> localizer,
    IStringLocalizer<LayoutText> shared)
{
    /// <summary>The pages of a class, to be drawn; none where the campaign has no text for pupils.</summary>
    /// <param name="e">The event.</param>
    /// <param name="classId">The class.</param>
    /// <param name="actor">Who prints; null where the caller tells the audit log, of several classes in one line.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<IReadOnlyList<ClassSheet>> PrintAsync(
        PublishedEvent e, int classId, PaperActor? actor, CancellationToken cancellationToken)
    {
        e = e.Localized();
        var printed = await sheets.PrintAsync(
            e, classId, e.TextFor(SignerRole.Guardian) is null ? [] : ConsentsOf(e), actor, cancellationToken);
        var entries = printed.SelectMany(sheet => sheet.Rows).Select(row => row.RosterEntryId).OfType<int>().ToList();
        await using var db = dbFactory.Open();
        var names = await db.Roster.AsNoTracking().Where(r => entries.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, r => (r.Seat, r.Name), cancellationToken);
        return [.. printed.Select(sheet => Sheet(e, sheet, names))];
    }

    private ClassSheet Sheet(PublishedEvent e, PaperSheet sheet, Dictionary<int, (int? Seat, string Name)> names)
    {
        var group = e.ClassOf(sheet.ClassId)!;
        var first = (sheet.Page - 1) * ClassSheetLayout.MaxRows;
        var rows = sheet.Rows.Select(row => row.RosterEntryId is { } entry && names.TryGetValue(entry, out var pupil)
            ? new ClassSheetRow($"{pupil.Seat ?? first + row.Row + 1}", pupil.Name)
            : new ClassSheetRow("", ""));
        PublishedText?[] texts = [e.TextFor(SignerRole.Student), e.TextFor(SignerRole.Guardian)];
        return new ClassSheet(
            sheet.Code, e.Title, group.LocalizedFullName(), localizer["Sheet.Page", sheet.Page, sheet.Pages],
            [.. texts.OfType<PublishedText>().Select(Pledge)],
            sheet.GuardianTextId is null ? "" : ConsentOf(e),
            [
                localizer["Sheet.Number"], localizer["Sheet.Name"], localizer["Sheet.Pupil"], localizer["Sheet.Guardian"],
                localizer["Sheet.Relation"], localizer["Sheet.Date"],
            ],
            localizer["Sheet.Note"], [.. rows]);
    }

    /// <summary>The consent as it is printed now, then in each language: the same sheet is printed in any.</summary>
    private List<ShownConsent> ConsentsOf(PublishedEvent e)
    {
        var consents = new List<ShownConsent> { ShownConsent.Of(e.Rules[0].Version, ConsentOf(e)) };
        var (culture, ui) = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            foreach (var language in languages.All)
            {
                CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = language.Culture;
                consents.Add(ShownConsent.Of(e.Rules[0].Version, ConsentOf(e.In(language.Culture))));
            }
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = (culture, ui);
        }
        return consents;
    }

    private string ConsentOf(PublishedEvent e) =>
        localizer["Sheet.Consent", string.Join(localizer["Sheet.Comma"], e.Askers), e.Rules[0].Settings.EraseOn];

    private ClassSheetPledge Pledge(PublishedText text) => new(
        localizer["Sheet.Text", shared[$"Role.{text.Role}"], text.Wording.Title, text.Version],
        text.Wording.AsParagraph());
}
