using SafetyCampaign.Schools.Paper.Reading;

namespace SafetyCampaign.Load.Paper;

/// <summary>What became of the boxes of a sheet that was read straight.</summary>
/// <param name="Sure">Guessed, and rightly.</param>
/// <param name="Doubtful">Left to a person.</param>
/// <param name="Wrong">Guessed otherwise than they are.</param>
internal sealed record JudgedSheet(int Sure, int Doubtful, IReadOnlyList<string> Wrong);

/// <summary>Compares what was read with what was written.</summary>
internal static class ReadingJudge
{
    public static JudgedSheet Judge(GeneratedPhoto photo, ReadSheet read)
    {
        var written = photo.Sheets.FirstOrDefault(sheet => sheet.Code == read.Code);
        if (written is null)
            return new JudgedSheet(0, 0, [$"a sheet {read.Code} that is not there"]);
        var (sure, doubtful, wrong) = (0, 0, new List<string>());
        if (read.Straight is null)
            return new JudgedSheet(0, 0, wrong);
        for (var row = 0; row < written.Rows.Count; row++)
        {
            Compare($"row {row}, pupil", written.Rows[row].Pupil, read.Rows[row].Pupil);
            Compare($"row {row}, guardian", written.Rows[row].Guardian, read.Rows[row].Guardian);
        }
        return new JudgedSheet(sure, doubtful, wrong);

        void Compare(string where, HandwrittenSheet.Written truth, InkGuess guess)
        {
            // Less than a signature is a person's to judge; overlooked it must not be.
            if (guess == InkGuess.Doubtful)
                doubtful += truth == HandwrittenSheet.Written.Mark ? 0 : 1;
            else if (guess == InkGuess.NoInk == (truth == HandwrittenSheet.Written.Nothing))
                sure++;
            else
                wrong.Add($"{where}: {truth} is taken for {guess}");
        }
    }
}
