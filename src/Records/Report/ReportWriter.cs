using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Records.Seals;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Records.Report;

/// <summary>
/// Puts an event into the words and numbers of its activity report, in the reader's language. It is the organizer's own paper, so small
/// classes stand in it with their exact numbers; there is no name in it.
/// </summary>
public sealed class ReportWriter(
    CampaignDbFactory dbFactory, EventSequences sequences, StageParts stage, SealReader seals, ReportContributions contributions,
    IStringLocalizer<ReportText> words, IStringLocalizer<LayoutText> shared, IStringLocalizer<DeskText> desk, TimeProvider time)
{
    /// <summary>With more of them a table by class would fill pages, where the report is to have two.</summary>
    private const int MaxClassesInTable = 24;

    private static readonly SignerRole[] Roles = Enum.GetValues<SignerRole>();

    public async Task<ReportContent> WriteAsync(PublishedEvent e, CancellationToken cancellationToken)
    {
        var counts = await CountAsync(e, cancellationToken);
        var parts = await stage.ReadAsync(e, cancellationToken);
        var seal = await seals.FindAsync(e.Id, cancellationToken);
        var written = await contributions.WordsAsync(e.Id, cancellationToken);
        return new ReportContent
        {
            Kind = words["Kind"],
            Title = written?.Title ?? e.Title,
            Overview = ParagraphsOf(written?.Overview),
            Facts = FactsOf(e),
            Figures =
            [
                (words["People"], Number(counts.Sum(c => c.People))), (words["Families"], Number(counts.Sum(c => c.Families))),
                (words["Classes"], Number(e.Classes.Count(c => counts.Exists(count => count.ClassId == c.Id)))),
                (words["InTime"], WholePercent.TextOf(counts.Sum(c => c.InTime), counts.Sum(c => c.People))),
            ],
            PartsHeading = words["Parts"],
            Parts = parts.Count > 0
                ? [.. parts.Select(part => (Times(part, e), part.Title))]
                : [.. e.Scenes.Select(scene => ("", scene.Title))],
            PartsNote = parts.Count > 0 ? words["Parts.Recorded", (int)Timetable.MinShown.TotalSeconds] : words["Parts.Planned"],
            Charts = ChartsOf(e, counts),
            TableHeading = words[$"Table.{RowsBy(e)}"],
            Columns =
            [
                words[$"Col.{RowsBy(e)}"], words["Col.Expected"], .. Roles.Select(RoleOf), words["Col.People"],
                words["Col.Families"],
            ],
            Rows = RowsOf(e, counts),
            PhotosHeading = words["Photos"],
            Photos = await contributions.PhotosAsync(e.Id, cancellationToken),
            LessonsHeading = words["Lessons"],
            Lessons = ParagraphsOf(written?.Lessons),
            SummaryHeading = words["Summary"],
            Summary = SummaryOf(e, counts, parts),
            Notes =
            [
                words["Note.Counting"],
                .. RowsBy(e) == By.Class ? Array.Empty<string>() : [words[$"Note.{RowsBy(e)}"].Value],
                words["Note.Made", desk.Moment(time.GetUtcNow(), e.Zone.Id)],
                .. written is null ? [] : new[] { words["Note.Words", written.Version, desk.Moment(written.WrittenAt, e.Zone.Id)].Value },
                .. seal is null ? [] : new[] { words["Note.Seal", seal.Code, seal.Version, desk.Moment(seal.SealedAt, e.Zone.Id)].Value },
            ],
        };
    }

    private IReadOnlyList<(string, string)> FactsOf(PublishedEvent e) =>
    [
        (words["When"], desk.Span(e.StartsAt, e.EndsAt, e.Zone.Id)), (words["Place"], e.Place), (words["By"], List(e.Askers)),
        .. e.Partners.Count > 0 ? [(words["With"].Value, List(e.Partners))] : Array.Empty<(string, string)>(),
    ];

    private IReadOnlyList<ReportChart> ChartsOf(PublishedEvent e, List<Count> counts)
    {
        ReportChart[] charts =
        [
            new(words["Chart.Roles"], [.. Roles.Select(role => new ReportBar(RoleOf(role), Of(counts, role)))]),
            new(words["Chart.Channels"], [.. Enum.GetValues<SigningChannel>().Select(channel =>
                new ReportBar(shared[$"Channel.{channel}"], counts.Where(c => c.Channel == channel).Sum(c => c.People)))]),
            .. ((By[])[By.School, By.Grade, By.Class]).Select(by => new ReportChart(words[$"Chart.{by}"], BarsOf(e, counts, by)))
                .Where(chart => chart.Bars.Count > 1).Take(1), // the largest groups of which several signed: of one alone it says nothing
        ];
        return
        [
            .. charts.Select(chart => chart with { Bars = [.. chart.Bars.Where(bar => bar.Value > 0)] })
                .Where(chart => chart.Bars.Count > 0),
        ];
    }

    /// <summary>Of the groups of which anybody has signed.</summary>
    private static IReadOnlyList<ReportBar> BarsOf(PublishedEvent e, List<Count> counts, By by)
    {
        var headings = e.Classes.ToDictionary(c => c.Id, c => by switch
        {
            By.School => c.School,
            By.Grade => c.Name.HeadingIn(CultureInfo.CurrentUICulture),
            _ => c.LocalizedName(),
        });
        var people = counts.Where(c => c.ClassId is { } id && headings.ContainsKey(id)).ToLookup(c => headings[c.ClassId!.Value]);
        return
        [
            .. headings.Values.Distinct().Select(heading => new ReportBar(heading, people[heading].Sum(c => c.People)))
                .Where(bar => bar.Value > 0),
        ];
    }

    private IReadOnlyList<IReadOnlyList<string>> RowsOf(PublishedEvent e, List<Count> counts)
    {
        var rows = RowsBy(e) switch
        {
            By.School => Together(c => c.School),
            By.Grade => Together(c => c.Name.HeadingIn(CultureInfo.CurrentUICulture)),
            _ => e.Classes.Select(c => RowOf(c.LocalizedFullName(), [c])).ToList(),
        };
        if (counts.FindAll(count => e.ClassOf(count.ClassId) is null) is { Count: > 0 } others)
            rows.Add(Row(words["NoClass"], null, others));
        if (rows.Count > 1)
            rows.Add(Row(words["Total"], ClassGroup.Together([.. e.Classes.Select(c => c.Expected)]), counts));
        return rows;

        List<IReadOnlyList<string>> Together(Func<PublishedClass, string> headingOf) =>
            [.. e.Classes.GroupBy(headingOf).Select(of => RowOf(words["RowOf", of.Key, of.Count()], [.. of]))];

        IReadOnlyList<string> RowOf(string name, IReadOnlyList<PublishedClass> classes) => Row(name,
            ClassGroup.Together([.. classes.Select(c => c.Expected)]), counts.FindAll(count => classes.Any(c => c.Id == count.ClassId)));
    }

    private static By RowsBy(PublishedEvent e) => e.Classes.Count <= MaxClassesInTable ? By.Class
        : e.Classes.All(c => c.School == e.Classes[0].School) ? By.Grade : By.School;

    private static IReadOnlyList<string> Row(string name, int? expected, List<Count> counts) =>
    [
        name, expected is { } pupils ? Number(pupils) : "–", .. Roles.Select(role => Number(Of(counts, role))),
        Number(counts.Sum(c => c.People)), Number(counts.Sum(c => c.Families)),
    ];

    private IReadOnlyList<string> SummaryOf(PublishedEvent e, List<Count> counts, IReadOnlyList<StagePart> parts)
    {
        var (people, students) = (counts.Sum(c => c.People), Of(counts, SignerRole.Student));
        var expected = e.Classes.Where(c => c.Expected is not null).ToList();
        List<string> sentences =
        [
            words["Summary.Event", e.Title, desk.Span(e.StartsAt, e.EndsAt, e.Zone.Id), e.Place, List(e.Askers)],
            words["Summary.People", people, students, Of(counts, SignerRole.Guardian), Of(counts, SignerRole.Teacher),
                Of(counts, SignerRole.Volunteer)],
            words["Summary.Families", counts.Sum(c => c.Families)],
            words["Summary.InTime", counts.Sum(c => c.InTime), WholePercent.TextOf(counts.Sum(c => c.InTime), people)],
        ];
        if (expected.Count > 0)
        {
            var pupils = expected.Sum(c => c.Expected!.Value);
            var listed = expected.Sum(c => Math.Min(c.Expected!.Value, StudentsOf(c))); // who is not on a list makes up for nobody
            sentences.Add(words["Summary.Expected", expected.Count, pupils, listed, WholePercent.TextOf(listed, pupils)]);
            if (expected.Sum(StudentsOf) - listed is > 0 and var beyond)
                sentences.Add(words["Summary.Beyond", beyond]);
        }
        sentences.Add(words["Summary.Channels", List([.. Enum.GetValues<SigningChannel>()
            .Select(channel => (channel, counts.Where(c => c.Channel == channel).Sum(c => c.People))).Where(c => c.Item2 > 0)
            .Select(c => words["Summary.Channel", shared[$"Channel.{c.channel}"], c.Item2].Value).DefaultIfEmpty("–")])]);
        if (parts.Count > 0)
            sentences.Add(words["Summary.Parts", List([.. parts.Select(part => $"{Times(part, e)} {part.Title}")])]);
        return sentences;

        int StudentsOf(PublishedClass group) => Of(counts.FindAll(c => c.ClassId == group.Id), SignerRole.Student);
    }

    private async Task<List<Count>> CountAsync(PublishedEvent e, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        return await sequences.PledgesOf(db.Pledges, e.Id).Where(p => !p.Rehearsal).Where(CountingRule.CountedPledge)
            .GroupBy(p => new { p.ClassId, p.Role, p.Channel })
            .Select(g => new Count(g.Key.ClassId, g.Key.Role, g.Key.Channel, g.Count(), g.Count(p => p.Family),
                g.Count(p => p.SignedAt <= e.EndsAt)))
            .ToListAsync(cancellationToken);
    }

    private static IReadOnlyList<string> ParagraphsOf(string? text) =>
        (text ?? "").Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Times(StagePart part, PublishedEvent e)
    {
        var from = e.Local(part.From).ToString("HH:mm", CultureInfo.InvariantCulture);
        return part.Until is { } until ? $"{from}–{e.Local(until).ToString("HH:mm", CultureInfo.InvariantCulture)}" : from;
    }

    private string RoleOf(SignerRole role) => shared[$"Role.{role}"];

    private string List(IReadOnlyList<string> items) => string.Join(words["Comma"], items);

    private static int Of(List<Count> counts, SignerRole role) => counts.Where(c => c.Role == role).Sum(c => c.People);

    private static string Number(int number) => number.ToString(CultureInfo.CurrentUICulture);

    /// <summary>What has a row in the table, and a bar in the chart.</summary>
    private enum By
    {
        Class,
        School,
        Grade,
    }

    private sealed record Count(int? ClassId, SignerRole Role, SigningChannel Channel, int People, int Families, int InTime);
}
