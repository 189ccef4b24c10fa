using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Schools.Paper.Reading;

namespace SafetyCampaign.Schools.Paper;

/// <summary>Cuts rows out of a straightened sheet, and reads what was guessed of them.</summary>
internal static class RowPicture
{
    /// <summary>The row with a little of what is above and below it, from the number to the date.</summary>
    public static PaperRowPicture Of(GrayImage sheet, PaperRow row, RowGuess guess)
    {
        const int scale = SheetReader.Scale, around = (int)(ClassSheetLayout.RowMargin * scale);
        var box = ClassSheetLayout.Row(row.Row);
        var picture = sheet.Crop((int)box.Left * scale, (int)box.Top * scale - around, (int)box.Width * scale,
            (int)box.Height * scale + 2 * around);
        return new PaperRowPicture(row.Row, row.RosterEntryId, picture.ToJpeg(), $"{(int)guess.Pupil}{(int)guess.Guardian}");
    }

    /// <summary>What was signed on a slip, of which nothing is guessed.</summary>
    public static PaperRowPicture OfSlip(GrayImage reply, PaperRow row) =>
        new(row.Row, row.RosterEntryId, reply.ToJpeg(), PaperRowPicture.OfSlip);

    public static RowGuess GuessOf(PaperRowPicture picture) => picture.IsSlip ? RowGuess.Unknown :
        new((InkGuess)(picture.Guess[0] - '0'), (InkGuess)(picture.Guess[1] - '0'));
}
