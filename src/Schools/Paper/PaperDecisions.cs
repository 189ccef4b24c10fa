using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Intake;
using SafetyCampaign.Ledger;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Paper;

/// <summary>What somebody said of a row; null where nothing.</summary>
public sealed record TypedRow(int Row, PaperDecision? Decision, string? Name);

/// <summary>What came of counting a page.</summary>
/// <param name="Counted">Rows that have become pledges.</param>
/// <param name="WithoutConsent">Rows whose guardian has not signed and whose school holds no consent: they wait.</param>
/// <param name="WithoutName">Rows written by hand whose name is missing or is none.</param>
/// <param name="IsOver">Signing is not open.</param>
/// <param name="Failed">Rows that could not be stored now.</param>
public sealed record CountedPage(int Counted, int WithoutConsent, int WithoutName, bool IsOver, int Failed)
{
    /// <summary>Everything that was decided as signed counts.</summary>
    public bool IsWhole => this is { WithoutConsent: 0, WithoutName: 0, IsOver: false, Failed: 0 };
}

/// <summary>Keeps what is decided of rows, and makes pledges of them through the intake that every channel takes.</summary>
public sealed class PaperDecisions(
    CampaignDbFactory dbFactory, PledgeIntake intake, RosterLookup rosters, PledgeLedger ledger, TimeProvider time,
    IStringLocalizer<PaperText> localizer)
{
    /// <summary>Keeps decisions; nothing counts yet. What was typed as a name and is none is kept nowhere.</summary>
    /// <returns>By row, what was refused as a name; null where the page is not of this event and class.</returns>
    public async Task<IReadOnlyDictionary<int, string>?> SaveAsync(
        PublishedEvent e, int classId, int sheetId, IReadOnlyList<TypedRow> typed, PaperActor actor, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (await FindAsync(db, e, classId, sheetId, cancellationToken) is not { } sheet)
            return null;
        var counted = await ClassPaperReader.CountedAsync(db, [sheet], cancellationToken);
        var (changed, forgets) = (0, false);
        var refused = new Dictionary<int, string>();
        foreach (var said in typed)
        {
            if (sheet.Rows.Find(row => row.Row == said.Row) is not { } row)
                continue;
            string? name = null;
            if (row.Sequence is { } sequence && !counted.TryGetValue(sequence, out name))
                row.Reopen(null); // found invalid since
            var before = row.Name;
            if (row.Sequence is null && row.RosterEntryId is null && !string.IsNullOrWhiteSpace(said.Name))
            {
                name = PersonName.TryRead(said.Name, out _) == NameProblem.None ? said.Name : null;
                if (name is null)
                    refused[row.Row] = said.Name;
            }
            if (row.Decide(said.Decision, name))
                changed++;
            forgets |= before is not null && before != row.Name;
        }
        if (changed > 0)
        {
            actor.Note(db, AuditAction.PaperRowsDecided, e.Id, classId, changed);
            await db.SaveChangesAsync(cancellationToken);
        }
        if (forgets)
            ledger.NoteErasure(); // the former name lies in the database's log
        return refused;
    }

    /// <summary>Makes pledges of the rows that are decided as signed. Pressing it again repeats nothing.</summary>
    public async Task<CountedPage> CountAsync(
        PublishedEvent e, int classId, int sheetId, PaperActor actor, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (await FindAsync(db, e, classId, sheetId, cancellationToken) is not { } sheet)
            return new CountedPage(0, 0, 0, false, 0);
        int?[] textIds = [sheet.StudentTextId, sheet.GuardianTextId];
        var texts = (await db.Texts.AsNoTracking().Where(t => textIds.Contains(t.Id)).ToListAsync(cancellationToken))
            .ConvertAll(PublishedText.Of);
        var entries = sheet.Rows.Select(r => r.RosterEntryId).OfType<int>().ToList();
        var names = await db.Roster.AsNoTracking().Where(r => entries.Contains(r.Id))
            .ToDictionaryAsync(r => r.Id, r => r.Name, cancellationToken);
        var slips = await OfSlipsAsync(db, sheetId, cancellationToken);
        var pupilsWithSlip = new HashSet<int?>();
        // Each row is a transaction of its own in the ledger, and its line goes with it.
        var line = await actor.LineAsync(db, AuditAction.PaperRowsConfirmed, e.Id, classId, cancellationToken);
        var (counted, withoutConsent, withoutName, isOver, failed, forgets) = (0, 0, 0, false, 0, false);
        try
        {
            // In no order: of neighbours on the page, numbers one after the other would tell whose pledge an erased one was.
            foreach (var row in sheet.Rows
                .Where(r => r is { Sequence: null, Decision: PaperDecision.ChildOnly or PaperDecision.WithGuardian }).Shuffle())
            {
                var typed = row.RosterEntryId is { } entry ? names.GetValueOrDefault(entry) : row.Name;
                if (PersonName.TryRead(typed, out var name) != NameProblem.None)
                {
                    withoutName++;
                    continue;
                }
                var request = Request(row, name, classId, texts);
                request.ShownConsent = row.Decision == PaperDecision.ChildOnly && actor.Voucher.HoldsGuardianConsent ? actor.Vouched
                    : slips.Contains(row.Row) && !sheet.IsOfSlips ? null // as slips were kept when no consent was printed on them
                    : sheet.Consent;
                var contentHash = ContentHash.Of(e.Id, request); // by the class on the sheet, whenever it is sent again
                await rosters.UsePresentClassAsync(e, request, cancellationToken);
                switch (await intake.SignAsync(e, request, SigningChannel.Paper, actor.Voucher, cancellationToken,
                    line.WithCount(1), contentHash))
                {
                    case SignResult.Signed signed:
                        forgets |= row.Name is not null;
                        row.Confirm(signed.Receipt.Sequence);
                        if (slips.Contains(row.Row) && (row.Decision == PaperDecision.WithGuardian || !NeedsGuardian(e, request)))
                            pupilsWithSlip.Add(row.RosterEntryId);
                        counted++;
                        break;
                    case SignResult.Invalid:
                        withoutConsent++;
                        break;
                    case SignResult.NotOpen:
                        isOver = true;
                        break;
                    default:
                        failed++;
                        break;
                }
            }
        }
        finally
        {
            // Of a request that was broken off as well: what is in the ledger is, and an erasure finds the row's pictures by it.
            await db.SaveChangesAsync(CancellationToken.None);
            if (pupilsWithSlip.Count > 0 && e.State != EventState.Rehearsal)
                await UseSlipsAsync(db, e.Id, pupilsWithSlip);
            if (forgets)
                ledger.NoteErasure();
        }
        return new CountedPage(counted, withoutConsent, withoutName, isOver, failed);
    }

    /// <summary>Takes a row that counts out of the count, for an organizer; it is undecided again.</summary>
    /// <returns>Whether there was anything to take back.</returns>
    public async Task<bool> UndoAsync(
        PublishedEvent e, int classId, int sheetId, int rowNumber, int by, AuditEntry line, CancellationToken cancellationToken)
    {
        await using var db = dbFactory.Open();
        if (await FindAsync(db, e, classId, sheetId, cancellationToken) is not { } sheet
            || sheet.Rows.Find(r => r.Row == rowNumber) is not { Sequence: { } sequence } row)
            return false;
        var counted = await ClassPaperReader.CountedAsync(db, [sheet], cancellationToken);
        await ledger.InvalidateAsync([sequence], by, line);
        row.Reopen(counted.GetValueOrDefault(sequence));
        if (row.RosterEntryId is { } pupil)
            foreach (var slip in await db.Slips.Where(s => s.EventId == e.Id && s.RosterEntryId == pupil && s.UsedAt != null
                && !db.Pledges.Any(p => p.VoucherKind == VoucherKind.Slip && p.VoucherId == s.Id)).ToListAsync(CancellationToken.None))
                slip.Reopen();
        await db.SaveChangesAsync(CancellationToken.None);
        return true;
    }

    /// <summary>A child who signed alone where a guardian has to consent leaves the slip to the guardian, as on a phone.</summary>
    private static bool NeedsGuardian(PublishedEvent e, SignRequest request) =>
        SignerRules.NeedsGuardian(e, SignerRole.Student, request.ClassId);

    /// <summary>
    /// Families have signed with their slips. All that are counted together get one time, which tells of none of them what its pledge's
    /// time is; with an erased pledge the ledger deletes the slip.
    /// </summary>
    private async Task UseSlipsAsync(CampaignDb db, int eventId, HashSet<int?> pupils)
    {
        var now = time.GetUtcNow();
        foreach (var slip in await db.Slips.Where(s => s.EventId == eventId && s.RevokedAt == null && pupils.Contains(s.RosterEntryId))
            .ToListAsync(CancellationToken.None))
            slip.Use(now);
        await db.SaveChangesAsync(CancellationToken.None);
    }

    private SignRequest Request(PaperRow row, string name, int classId, List<PublishedText> texts)
    {
        var student = new SignerRequest { Role = SignerRole.Student.WireName(), Name = name };
        var withGuardian = row.Decision == PaperDecision.WithGuardian;
        var signs = texts.Where(text => withGuardian || text.Role == SignerRole.Student).ToList();
        return new SignRequest
        {
            Key = row.Key,
            ClassId = classId,
            Seat = row.RosterEntryId,
            TextVersions = signs.ToDictionary(text => text.Role.WireName(), text => text.Version),
            PrintedTexts = texts,
            Signers = withGuardian
                ? [student, new SignerRequest { Role = SignerRole.Guardian.WireName(), Name = GuardianOf(name) }]
                : [student],
            Consents = new ConsentsRequest { Guardian = withGuardian },
        };
    }

    /// <summary>The rows that were decided by the photo of a slip, which is the newest picture of them.</summary>
    private static async Task<HashSet<int>> OfSlipsAsync(CampaignDb db, int sheetId, CancellationToken cancellationToken)
    {
        var pictures = await db.PaperRowPictures.Where(r => db.PaperPhotos.Any(p => p.Id == r.PhotoId && p.SheetId == sheetId))
            .Select(r => new { r.Row, r.PhotoId, r.Guess }).ToListAsync(cancellationToken);
        return [.. pictures.GroupBy(r => r.Row).Select(of => of.MaxBy(r => r.PhotoId)!)
            .Where(newest => newest.Guess == PaperRowPicture.OfSlip).Select(newest => newest.Row)];
    }

    /// <summary>Nobody types what a guardian wrote by hand: the record says whose guardian it is.</summary>
    private string GuardianOf(string child) =>
        PersonName.TryRead(localizer["GuardianOf", child], out var named) == NameProblem.None ? named : localizer["Sheet.Guardian.Name"];

    private static Task<PaperSheet?> FindAsync(
        CampaignDb db, PublishedEvent e, int classId, int sheetId, CancellationToken cancellationToken) =>
        db.PaperSheets.Include(s => s.Rows.OrderBy(r => r.Row))
            .SingleOrDefaultAsync(s => s.Id == sheetId && s.EventId == e.Id && s.ClassId == classId, cancellationToken);
}
