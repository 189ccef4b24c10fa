using Microsoft.EntityFrameworkCore;
using Microsoft.Playwright;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Load.Paper;
using SafetyCampaign.Load.Relay;
using SafetyCampaign.Load.Running;
using static SafetyCampaign.Load.Paper.HandwrittenSheet;

namespace SafetyCampaign.Load.Pace;

/// <summary>A class's sheets as its teacher brings them: printed, signed by most, photographed a page at a time.</summary>
/// <param name="Truth">Of each pupil on the list, what a person sees who looks.</param>
/// <param name="Photos">The files.</param>
internal sealed record PaperOfPace(IReadOnlyDictionary<string, PaperDecision> Truth, IReadOnlyList<FilePayload> Photos)
{
    /// <summary>
    /// Prints the sheets of a class by its teacher's link and has them signed. Of sixty rows three hold a mark that is no name, four are
    /// empty, and of six the guardian has not signed.
    /// </summary>
    public static async Task<PaperOfPace> MakeAsync(RunningProgram program, RelayClass group, IReadOnlyList<string> names)
    {
        await program.GetAsync($"/class/{group.Secret}/sheets.pdf");
        await using var db = RelayClass.Open(program);
        var sheets = await db.PaperSheets.AsNoTracking().Include(s => s.Rows.OrderBy(r => r.Row))
            .Where(s => s.ClassId == group.ClassId).OrderBy(s => s.Page).ToListAsync();
        var pages = sheets.Select((sheet, i) => Photograph(sheet, i, names)).ToList();
        return new PaperOfPace(names.Select((name, i) => (name, DecisionOf(i))).ToDictionary(), pages);
    }

    public static (Written Pupil, Written Guardian) WrittenOf(int pupil) => pupil switch
    {
        _ when pupil % 20 == 7 => (Written.Mark, Written.Nothing),
        _ when pupil % 15 == 6 => (Written.Nothing, Written.Nothing),
        _ when pupil % 10 == 3 => (Written.Signature, Written.Nothing),
        _ => (Written.Signature, Written.Signature),
    };

    public static PaperDecision DecisionOf(int pupil) => WrittenOf(pupil) switch
    {
        (Written.Signature, Written.Signature) => PaperDecision.WithGuardian,
        (Written.Signature, _) => PaperDecision.ChildOnly,
        _ => PaperDecision.NotSigned,
    };

    private static FilePayload Photograph(PaperSheet sheet, int page, IReadOnlyList<string> names)
    {
        var first = page * ClassSheetLayout.MaxRows;
        var rows = Enumerable.Range(first, sheet.Rows.Count).ToList();
        var printed = Print(sheet.Code,
            [.. rows.Select(i => i < names.Count ? new ClassSheetRow($"{i + 1}", names[i]) : new ClassSheetRow("", ""))]);
        using var paper = Of(printed, [.. rows.Select(i => i < names.Count ? WrittenOf(i) : default)], seed: 300 + page);
        return new FilePayload
        {
            Name = $"photo-{page + 1}.jpg",
            MimeType = "image/jpeg",
            Buffer = GeneratedPhoto.Take([paper], PhotoKind.Tilted, new Random(40 + page), longSide: 2000),
        };
    }
}
