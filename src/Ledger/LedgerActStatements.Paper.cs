using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Ledger;

/// <summary>What is kept of a class sheet (<see cref="PaperSheet"/>) goes with the pledge that one of its rows became.</summary>
internal sealed partial class LedgerActStatements
{
    /// <summary>
    /// Deletes what shows the row from which a request was made: its pictures, and photos that are not cut into rows: those of its page,
    /// and those of its class or of no known class whose page nobody knows, which may show it too.
    /// </summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    /// <returns>False where it was signed in another way.</returns>
    public bool DeletePaperPictures(long sequence)
    {
        if (FindPaper(sequence) is not { } row)
            return false;
        Execute(
            """
            DELETE FROM paper_row_pictures
            WHERE "Row" = @row AND "PhotoId" IN (SELECT "Id" FROM paper_photos WHERE "SheetId" = @sheet)
            """,
            ("@row", row.Row), ("@sheet", row.SheetId));
        Execute(
            """
            DELETE FROM paper_photos
            WHERE "EventId" = @event AND "Whole" IS NOT NULL
                AND ("SheetId" = @sheet OR ("SheetId" IS NULL AND coalesce("ClassId", @class) = @class))
            """,
            ("@event", row.EventId), ("@sheet", row.SheetId), ("@class", row.ClassId));
        return true;
    }

    /// <summary>Practice on paper: photos, and what was decided by them. False where there was none.</summary>
    public bool WipePractisedPaper(int eventId, SequenceRange range)
    {
        var rows = Execute(
            $"""
            UPDATE paper_rows SET "Name" = NULL, "Decision" = NULL, "Sequence" = NULL
            WHERE "SheetId" IN (SELECT "Id" FROM paper_sheets WHERE "EventId" = @event)
                AND ("Sequence" IN (SELECT "Sequence" FROM pledges WHERE {OfEvent} AND "Rehearsal" = @rehearsal)
                    OR ("Sequence" IS NULL AND "SheetId" IN (
                        SELECT "SheetId" FROM paper_photos WHERE "EventId" = @event AND "Rehearsal" = @rehearsal)))
            """,
            ("@event", eventId), ("@first", range.First), ("@last", range.Last), ("@rehearsal", true));
        return Execute("""DELETE FROM paper_photos WHERE "EventId" = @event AND "Rehearsal" = @rehearsal""", ("@event", eventId),
            ("@rehearsal", true)) + rows > 0;
    }

    /// <summary>
    /// The row has no pupil any more, nor what leads to the pledge, whose key it had; nor does a row of the pupil that nobody has decided
    /// show anything, on whatever page. The pupil's slip goes: another photo of the same paper would bring the ink back.
    /// </summary>
    private void ErasePaper(long sequence)
    {
        Execute(
            """
            DELETE FROM paper_row_pictures
            WHERE "RosterEntryId" = (SELECT "RosterEntryId" FROM pledges WHERE "Sequence" = @sequence)
                AND "PhotoId" IN (
                    SELECT p."Id" FROM paper_photos p JOIN pledges s ON s."EventId" = p."EventId" WHERE s."Sequence" = @sequence)
            """,
            ("@sequence", sequence));
        if (!DeletePaperPictures(sequence))
            return;
        Execute(
            """
            DELETE FROM slips
            WHERE EXISTS (SELECT 1 FROM pledges p WHERE p."Sequence" = @sequence AND p."EventId" = slips."EventId"
                AND p."RosterEntryId" = slips."RosterEntryId")
            """,
            ("@sequence", sequence));
        Execute(
            """
            UPDATE paper_rows SET "Name" = NULL, "RosterEntryId" = NULL, "Decision" = NULL, "Sequence" = NULL, "Key" = @key,
                "IsErased" = @erased
            WHERE "Sequence" = @sequence
            """,
            ("@sequence", sequence), ("@key", Guid.NewGuid()), ("@erased", true));
    }

    /// <summary>
    /// The slip that a request was signed with: it has the pupil and the time. Its code opens nothing any more; the school can issue
    /// another one.
    /// </summary>
    /// <param name="sequence">Of the request's first pledge.</param>
    private void DeleteUsedSlip(long sequence) => Execute(
        $"""
         DELETE FROM slips WHERE "Id" = (
             SELECT "VoucherId" FROM pledges WHERE "Sequence" = @sequence AND "VoucherKind" = {(int)VoucherKind.Slip})
         """,
        ("@sequence", sequence));

    private PaperPlace? FindPaper(long sequence)
    {
        var command = Prepare(
            """
            SELECT r."SheetId", r."Row", s."EventId", s."ClassId" FROM paper_rows r JOIN paper_sheets s ON s."Id" = r."SheetId"
            WHERE r."Sequence" = @sequence
            """,
            ("@sequence", sequence));
        using var row = command.ExecuteReader();
        return row.Read() ? new PaperPlace(row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)) : null;
    }

    private sealed record PaperPlace(int SheetId, int Row, int EventId, int ClassId);
}
