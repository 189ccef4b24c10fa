using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Layout;
using SafetyCampaign.Drawing.Report;
using SafetyCampaign.Storage;
using SafetyCampaign.Tallying;

namespace SafetyCampaign.Records.AuditPack;

/// <summary>
/// What the yearly report on handling minors' data asks for (docs/domain.md 4b, yearly filing), of everything within the account's access
/// scope: purposes, fields, numbers by stage, who has seen and taken out what, what was erased and what will be, rules and measures.
/// Numbers, no signer's name.
/// </summary>
public sealed class AuditPackReader(
    CampaignDb db, TallyBoard tallies, AuditLog audit, IStringLocalizer<AuditPackText> words, TimeProvider time)
{
    private const int Fields = 7;
    private const int Measures = 8;

    /// <summary>What of the audit log is told, in this order.</summary>
    private static readonly AuditAction[] Told =
    [
        AuditAction.NamesViewed, AuditAction.NamesReadByToken, AuditAction.ListExported, AuditAction.PledgeBookPrepared,
        AuditAction.ArchivePrepared,
        AuditAction.ArchiveExported, AuditAction.ReportExported, AuditAction.RollUpExported, AuditAction.AuditPackExported,
        AuditAction.AuditExported, AuditAction.BackupMade, AuditAction.SignInFailed, AuditAction.PledgeCorrected,
        AuditAction.PledgeWithdrawn, AuditAction.PledgeErased, AuditAction.ReceiptHandedOut, AuditAction.NamesExpired,
        AuditAction.RostersErased,
    ];

    /// <param name="year">Of the calendar, in China.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async Task<IReadOnlyList<TableSection>> ReadAsync(int year, CancellationToken cancellationToken)
    {
        var campaigns = await db.Campaigns.AsNoTracking().Include(c => c.Rules).Include(c => c.Organization).Include(c => c.Events)
            .AsSplitQuery().OrderBy(c => c.Id).ToListAsync(cancellationToken);
        return
        [
            Purposes(campaigns), FieldsSection(), await StagesAsync(year, cancellationToken), await AccessAsync(year, cancellationToken),
            Erasures(campaigns), Rules(campaigns), MeasuresSection(),
        ];
    }

    private TableSection Purposes(List<Campaign> campaigns) => new(words["Purposes"],
        [words["Campaign"], words["Controller"], words["Contact"], words["Purpose"]],
        [.. from campaign in campaigns
            let rules = campaign.RulesInForce.Settings
            select (IReadOnlyList<string>)
            [
                $"{campaign.LocalizedTitle()} · {campaign.Organization.LocalizedName()}", rules.Controller,
                rules.HasContact ? $"{rules.ContactPerson} · {rules.ContactWay}" : "–",
                rules.Purpose == "" ? words["Purpose.Usual"] : rules.Purpose,
            ]], words["Purposes.None"]);

    private TableSection FieldsSection() => new(words["Fields"], [words["Field"], words["Field.Why"], words["Field.Until"]],
        [.. Enumerable.Range(1, Fields).Select(i => (IReadOnlyList<string>)
            [words[$"Field.{i}"], words[$"Field.{i}.Why"], words[$"Field.{i}.Until"]])], words["Fields.Note"]);

    /// <summary>Pupils whose pledges count at the year's events, by stage; up to grade 9 told as under 14.</summary>
    private async Task<TableSection> StagesAsync(int year, CancellationToken cancellationToken)
    {
        var (begins, ends) = (Begins(year), Begins(year + 1));
        var events = await db.Events.Where(e => e.StartsAt >= begins && e.StartsAt < ends).Select(e => e.Id).ToListAsync(cancellationToken);
        var totals = events.ConvertAll(tallies.Totals);
        var ids = totals.SelectMany(of => of.ByClass.Keys).ToHashSet();
        // Beyond the access scope: a class of another organization's school may take part.
        var classes = await db.Classes.IgnoreQueryFilters().AsNoTracking().Include(c => c.School).Where(c => ids.Contains(c.Id))
            .ToListAsync(cancellationToken);
        var byStage = classes
            .GroupBy(c => (IsAbove: !c.NeedsGuardian, Stage: StageOf(c)),
                c => totals.Sum(of => of.ByClass.GetValueOrDefault(c.Id).Students))
            .Select(of => (of.Key, Students: of.Sum())).Where(of => of.Students > 0).OrderBy(of => of.Key).ToList();
        var others = totals.Sum(of => of.Students) - byStage.Sum(of => of.Students);
        List<IReadOnlyList<string>> rows = [.. byStage.Select(stage => (IReadOnlyList<string>)
            [words[$"Stage.{stage.Key.Stage}"], words[stage.Key.IsAbove ? "Over14" : "Under14"], Number(stage.Students)])];
        if (others > 0)
            rows.Add([words["Stage.None"], words["Under14"], Number(others)]);
        rows.Add([words["Adults"], "–", Number(totals.Sum(of => of.People - of.Students))]);
        return new TableSection(words["Stages"], [words["Stage"], words["Age"], words["People"]], rows, words["Stages.Note", events.Count]);
    }

    private static SchoolStage StageOf(ClassGroup group) => group.Grade switch
    {
        > 0 and <= 6 => SchoolStage.Primary,
        > 6 and <= 9 => SchoolStage.Junior,
        > 9 => SchoolStage.Senior,
        _ => group.Name.StageWithin(group.School.Stage),
    };

    private async Task<TableSection> AccessAsync(int year, CancellationToken cancellationToken)
    {
        var (begins, ends) = (Begins(year), Begins(year + 1));
        var counts = await db.AuditEntries.Where(a => a.At >= begins && a.At < ends && Told.Contains(a.Action))
            .GroupBy(a => a.Action).Select(of => new { of.Key, Lines = of.Count(), Sum = of.Sum(a => (long?)a.Count ?? 0) })
            .ToDictionaryAsync(of => of.Key, cancellationToken);
        return new TableSection(words["Access"], [words["Act"], words["Times"], words["Pieces"]],
            [.. Told.Select(action => (IReadOnlyList<string>)
            [
                words[$"Act.{action}"], Number(counts.GetValueOrDefault(action)?.Lines ?? 0),
                counts.GetValueOrDefault(action)?.Sum is > 0 and var sum ? sum.ToString(CultureInfo.CurrentUICulture) : "–",
            ])], words["Access.Note", audit.KeepDays]);
    }

    private TableSection Erasures(List<Campaign> campaigns)
    {
        var today = time.GetUtcNow().DayIn(CampaignEvent.DefaultZone);
        return new TableSection(words["Erasures"], [words["Campaign"], words["EraseOn"], words["State"]],
            [.. campaigns.OrderBy(c => c.RulesInForce.Settings.EraseOn).Select(c => (IReadOnlyList<string>)
            [
                $"{c.LocalizedTitle()} · {c.Organization.LocalizedName()}", words["Day", c.RulesInForce.Settings.EraseOn],
                c.ErasedAt is { } at ? words["State.Erased", at.DayIn(CampaignEvent.DefaultZone)]
                    : words[c.RulesInForce.Settings.EraseOn <= today ? "State.Due" : "State.Promised"],
            ])], words["Erasures.Note"]);
    }

    private TableSection Rules(List<Campaign> campaigns) => new(words["Rules"],
        [words["Campaign"], words["Version"], words["WrittenAt"], words["EraseOn"]],
        [.. from campaign in campaigns
            from rules in campaign.Rules.OrderBy(r => r.Version)
            select (IReadOnlyList<string>)
            [
                $"{campaign.LocalizedTitle()} · {campaign.Organization.LocalizedName()}", Number(rules.Version),
                words["Day", rules.WrittenAt.DayIn(CampaignEvent.DefaultZone)], words["Day", rules.Settings.EraseOn],
            ]], words["Rules.Note"]);

    private TableSection MeasuresSection() => new(words["Measures"], [words["Measure.No"], words["Measure"]],
        [.. Enumerable.Range(1, Measures).Select(i => (IReadOnlyList<string>)[Number(i), words[$"Measure.{i}"]])], null);

    private static DateTimeOffset Begins(int year) => new DateOnly(year, 1, 1).BeginsIn(CampaignEvent.DefaultZone);

    private static string Number(int number) => number.ToString(CultureInfo.CurrentUICulture);
}
