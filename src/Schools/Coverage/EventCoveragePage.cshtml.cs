using Microsoft.AspNetCore.Authorization;
using Microsoft.EntityFrameworkCore;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Desk;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Coverage;

/// <summary>
/// How many pupils of each class have signed, and through which channel: numbers alone. Names stand on the class's own page and in the
/// list of signers.
/// </summary>
[Authorize(Policy = Policies.Read)]
public sealed class EventCoveragePage(DeskPageDependencies desk, EventSequences sequences, IAuthorizationService authorization)
    : EventPageModel(desk)
{
    private static readonly IReadOnlyList<SigningChannel> Channels = Enum.GetValues<SigningChannel>();

    /// <summary>A class, or a school as the sum of its classes.</summary>
    /// <param name="Class">Null for a school.</param>
    /// <param name="Expected">Null where nobody has said how many pupils it has.</param>
    /// <param name="ByChannel">
    /// Pupils, in the order of <see cref="SigningChannel"/>; each counts in the channel through which it signed first.
    /// </param>
    /// <param name="InTime">Pupils who had signed by the event's end.</param>
    /// <param name="AtHomeInTime">Pupils who had signed before home signing ended; the same as all where it has no end.</param>
    /// <param name="Families">Families that signed together, or one after the other.</param>
    /// <param name="Declined">An answer, and nowhere counted as missing (docs/domain.md 2).</param>
    /// <param name="Absent">As their teacher noted.</param>
    /// <param name="Classes">Those of a school; none of a class.</param>
    public sealed record Row(
        PublishedClass? Class, int? Expected, IReadOnlyList<int> ByChannel, int InTime, int AtHomeInTime, int Families, int Declined,
        int Absent, IReadOnlyList<Row> Classes)
    {
        public int Signed => ByChannel.Sum();

        /// <summary>
        /// Of those expected, in percent; null where nobody has said how many there are. Whom a class does not expect makes up for nobody
        /// of another class.
        /// </summary>
        public int? ShareOf(Func<Row, int> pupils) => WholePercent.Of(ExpectedOf(pupils), Expected);

        private int ExpectedOf(Func<Row, int> pupils) =>
            Classes.Count > 0 ? Classes.Sum(row => row.ExpectedOf(pupils)) : Math.Min(pupils(this), Expected ?? 0);
    }

    /// <summary>With a slip anybody can sign, so they are shown to nobody who may only read.</summary>
    public bool MaySeeSlips => User.MayOrganize();

    public bool MayReadNames { get; private set; }

    public IReadOnlyList<IGrouping<string, Row>> Schools { get; private set; } = [];

    /// <summary>Each school with its own row and those of its classes; where there are several, at the end all of them together.</summary>
    public IEnumerable<(FoldedSchool? School, IEnumerable<Row> Rows)> Rows
    {
        get
        {
            var folds = FoldedSchool.In([.. Schools.Select(school => school.Count())]);
            foreach (var school in Schools)
                yield return (new FoldedSchool(school.Key, school.Count(), folds), school.Prepend(SumOf(school)));
            if (Schools.Count > 1)
                yield return (null, [SumOf(Schools.SelectMany(school => school))]);
        }
    }

    /// <summary>Those through which anybody signed, with their place in <see cref="Row.ByChannel"/>.</summary>
    public IEnumerable<(SigningChannel Channel, int Place)> UsedChannels =>
        Channels.Select((channel, place) => (channel, place))
            .Where(used => Schools.Any(school => school.Any(row => row.ByChannel[used.place] > 0)));

    public async Task OnGetAsync()
    {
        MayReadNames = (await authorization.AuthorizeAsync(User, HttpContext, Policies.ReadNames)).Succeeded;
        var pledges = sequences.PledgesOf(Db.Pledges.AsNoTracking(), Event.Id).Where(CountingRule.CountedPledge)
            .Where(p => !p.Rehearsal);
        var (ends, home) = (Event.EndsAt, Event.HomeSigningUntil ?? DateTimeOffset.MaxValue);
        var pupils = await pledges.Where(p => p.Role == SignerRole.Student).GroupBy(p => new { p.ClassId, p.Channel })
            .Select(of => new
            {
                of.Key.ClassId,
                of.Key.Channel,
                Count = of.Count(),
                InTime = of.Count(p => p.SignedAt <= ends),
                AtHome = of.Count(p => p.SignedAt <= home),
            }).ToListAsync();
        var families = await pledges.Where(p => p.Family && p.ClassId != null).GroupBy(p => p.ClassId!.Value)
            .Select(of => new { of.Key, Count = of.Count() }).ToDictionaryAsync(of => of.Key, of => of.Count);
        var answers = await (
            from answer in Db.RosterAnswers
            where answer.EventId == Event.Id
            join entry in Db.Roster on answer.RosterEntryId equals entry.Id
            group answer by new { entry.ClassId, answer.Kind } into of
            select new { of.Key.ClassId, of.Key.Kind, Count = of.Count() }).ToListAsync();
        Schools = [.. (await Published.FindAsync(Event.Id, HttpContext.RequestAborted))!.Localized().Classes
            .GroupBy(c => c.School, c => new Row(c, c.Expected,
                [.. Channels.Select(channel => pupils.Where(p => p.ClassId == c.Id && p.Channel == channel).Sum(p => p.Count))],
                pupils.Where(p => p.ClassId == c.Id).Sum(p => p.InTime), pupils.Where(p => p.ClassId == c.Id).Sum(p => p.AtHome),
                families.GetValueOrDefault(c.Id), CountOf(c.Id, RosterAnswerKind.Declined), CountOf(c.Id, RosterAnswerKind.Absent), []))];

        int CountOf(int classId, RosterAnswerKind kind) => answers.Where(a => a.ClassId == classId && a.Kind == kind).Sum(a => a.Count);
    }

    /// <summary>All classes of a school together.</summary>
    public static Row SumOf(IEnumerable<Row> classes)
    {
        var rows = classes.ToList();
        return new Row(null, ClassGroup.Together([.. rows.Select(row => row.Expected)]),
            [.. Channels.Select((_, i) => rows.Sum(row => row.ByChannel[i]))], rows.Sum(row => row.InTime),
            rows.Sum(row => row.AtHomeInTime), rows.Sum(row => row.Families), rows.Sum(row => row.Declined), rows.Sum(row => row.Absent),
            rows);
    }
}
