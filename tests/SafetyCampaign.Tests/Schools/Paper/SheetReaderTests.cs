using SafetyCampaign.Load.Paper;
using SafetyCampaign.Schools.Paper.Reading;

namespace SafetyCampaign.Tests.Schools.Paper;

/// <summary>
/// Photos of class sheets, drawn by our own code from seeds; the runner reads a thousand of them (SafetyCampaign.Load, part
/// <c>paper</c>).
/// </summary>
public sealed class SheetReaderTests
{
    [Fact]
    public void No_row_of_any_photo_is_guessed_wrongly_and_most_are_guessed()
    {
        var (sure, doubtful, straight, wrong) = (0, 0, 0, new List<string>());
        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 2 }, seed =>
        {
            var photo = GeneratedPhoto.Of(seed, longSide: 1600);
            var read = SheetReader.Read(GrayImage.Decode(photo.Jpeg)!);
            lock (wrong)
                foreach (var sheet in read)
                {
                    straight += sheet.Straight is null ? 0 : 1;
                    var judged = ReadingJudge.Judge(photo, sheet);
                    (sure, doubtful) = (sure + judged.Sure, doubtful + judged.Doubtful);
                    wrong.AddRange(judged.Wrong.Select(row => $"photo {seed} ({photo.Kind}): {row}"));
                }
        });
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
        Assert.True(straight >= 30, $"{straight} sheets are straight");
        Assert.True(sure > 10 * doubtful, $"{sure} boxes are sure, {doubtful} are doubtful");
    }
}
