using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Ledger;
using SafetyCampaign.Schools.Moves;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Schools.Rosters.Import;

/// <summary>What is to be imported, as somebody has seen it.</summary>
/// <param name="SchoolId">Into the lists of this school.</param>
/// <param name="Seen">How the school's lists stood when the preview was shown.</param>
/// <param name="Pupils">Those of the file.</param>
/// <param name="Answers">What was said of it.</param>
/// <param name="MarksLeft">Whether who is missing has left.</param>
/// <param name="By">Whose account does it.</param>
public sealed record RosterOrder(
    int SchoolId, RosterFingerprints Seen, IReadOnlyList<RosterPupil> Pupils, RosterAnswers Answers, bool MarksLeft, AccessScope By);

/// <summary>What an import has done.</summary>
public sealed record ImportedRoster(int Added, int Changed, int Moved, int Left);

/// <summary>Brings the lists of a school to what a file says: all of it or nothing, in one transaction.</summary>
public sealed class RosterImporter(
    CampaignDbFactory dbFactory, PublishedEvents published, PledgeLedger ledger, PledgeClassUpdater pledges, TimeProvider time)
{
    /// <summary>Rows of one statement: 4 parameters each, of which SQLite takes 32,766 and PostgreSQL 65,535.</summary>
    private const int BatchSize = 500;

    /// <summary>Tries where other lists of the school are saved at the same moment: one of them is saved with each.</summary>
    private const int MaxAttempts = 20;

    /// <summary>Imports.</summary>
    /// <param name="order">What.</param>
    /// <param name="progress">Told how many pupils are written, of how many.</param>
    /// <param name="cancellationToken">Ends it, and nothing is imported.</param>
    /// <param name="note">Called in the transaction, at its end; null for nothing.</param>
    /// <returns>
    /// Null, and nothing is imported, where somebody else has changed one of the lists since the preview was shown, or one that makes a
    /// pupil of the file doubtful, or where others are saving the school or an event to which a new class comes all the time.
    /// </returns>
    /// <exception cref="AccessScopeViolationException">The account that asks for it may not change the school.</exception>
    public async Task<ImportedRoster?> ImportAsync(RosterOrder order, Action<int, int> progress, CancellationToken cancellationToken,
        Func<CampaignDb, ImportedRoster, Task>? note = null, Action? committed = null)
    {
        for (var attempt = 1; attempt <= MaxAttempts; attempt++)
        {
            await using var db = dbFactory.Open(order.By.Widened);
            var school = await db.Organizations.Include(o => o.Classes).SingleAsync(o => o.Id == order.SchoolId, cancellationToken);
            if (!order.By.MayWrite || !order.By.Includes(school.Path))
                throw new AccessScopeViolationException(nameof(Organization));
            var entries = await db.Roster.Where(entry => entry.Class.SchoolId == order.SchoolId).ToListAsync(cancellationToken);
            var plan = new RosterPlan(school, entries, order.Pupils, order.Answers.IsMoved);
            if (!order.Seen.AreAsIn(RosterFingerprints.Of(school, entries), plan.Touched)
                || plan.Questions.Any(question => order.Answers.ChoiceOf(question.Pupil.Key) is null))
                return null;
            if (await TryImportAsync(db, school, plan, order, progress, note, cancellationToken) is not { } done)
                continue; // overtaken between the reading and the saving: the next look tells whether it was one of these lists
            committed?.Invoke();
            ledger.NoteErasure(); // former names lie in the database's log
            await published.ContentChangedAsync(e => e.Classes.Any(c => c.SchoolId == order.SchoolId));
            await pledges.FollowSavedAsync(order.SchoolId, order.By);
            return done;
        }
        return null;
    }

    /// <summary>Null, and nothing is imported, where somebody else has saved the school, or an event of it, since it was read.</summary>
    private async Task<ImportedRoster?> TryImportAsync(CampaignDb db, Organization school, RosterPlan plan, RosterOrder order,
        Action<int, int> progress, Func<CampaignDb, ImportedRoster, Task>? note, CancellationToken cancellationToken)
    {
        var done = new ImportedRoster(plan.Added, plan.Changed, plan.Moved, order.MarksLeft ? plan.Missing.Count : 0);
        var now = time.GetUtcNow();
        var entered = plan.Apply(now, order.MarksLeft);
        db.Entry(school).Property(o => o.Revision).IsModified = true;
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            await InsertAsync(db, transaction.GetDbTransaction(), entered, progress, cancellationToken);
            if (note is not null)
                await note(db, done);
            await ClassInvitations.InviteAsync(db, OriginsOfOpened(school, plan), now, cancellationToken);
            // The lock of the audit log's chain is taken last.
            db.Audit(AuditAction.RosterImported, school, order.Pupils.Count).Detail =
                $"+{done.Added} ~{done.Changed} >{done.Moved} -{done.Left}";
            if (plan.NewClasses.Count > 0)
                db.Audit(AuditAction.ClassesAdded, school, plan.NewClasses.Count);
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException failure) when (IsOvertaken(failure, plan))
        {
            return null;
        }
        await transaction.CommitAsync(cancellationToken);
        return done;
    }

    /// <summary>Of two who bring the same new class, the other's row may stand in the way before the school's revision does.</summary>
    private static bool IsOvertaken(DbUpdateException failure, RosterPlan plan) =>
        failure is DbUpdateConcurrencyException || (plan.NewClasses.Count > 0 && !StoreFailure.Is(failure));

    /// <summary>The classes that the school has only since this import, with those to which their pupils belonged before.</summary>
    private static ILookup<ClassGroup, int> OriginsOfOpened(Organization school, RosterPlan plan)
    {
        var opened = school.Classes.Where(group => plan.Opened.Contains(group.Name)).ToHashSet();
        return plan.Moves.Where(pupil => opened.Contains(pupil.Entry.Class)).Select(pupil => (pupil.Entry.Class, pupil.From))
            .Concat(opened.Where(group => group.PartedFromId is not null).Select(group => (Class: group, From: group.PartedFromId!.Value)))
            .ToLookup(origin => origin.Class, origin => origin.From);
    }

    /// <summary>
    /// By statements of many rows, since the one writer of pledges waits meanwhile: each row by itself takes ten times as long.
    /// </summary>
    private static async Task InsertAsync(CampaignDb db, DbTransaction transaction, IReadOnlyList<RosterEntry> entered,
        Action<int, int> progress, CancellationToken cancellationToken)
    {
        var written = 0;
        progress(0, entered.Count);
        foreach (var some in entered.Chunk(BatchSize))
        {
            await using var command = db.Database.GetDbConnection().CreateCommand();
            command.Transaction = transaction;
            var sql = new StringBuilder("""INSERT INTO roster_entries ("ClassId", "Seat", "Name", "JoinedAt") VALUES """);
            for (var i = 0; i < some.Length; i++)
            {
                sql.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ", ")}(@c{i}, @s{i}, @n{i}, @j{i})");
                Add(command, $"@c{i}", some[i].Class.Id);
                Add(command, $"@s{i}", some[i].Seat);
                Add(command, $"@n{i}", some[i].Name);
                Add(command, $"@j{i}", some[i].JoinedAt.UtcTicks);
            }
            command.CommandText = sql.ToString();
            await command.ExecuteNonQueryAsync(cancellationToken);
            progress(written += some.Length, entered.Count);
        }
    }

    private static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        if (value is null)
            parameter.DbType = System.Data.DbType.Int32;
        command.Parameters.Add(parameter);
    }
}
