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

    [Theory]
    [InlineData(330)] // the tip of a shadow comes down into a box
    [InlineData(802)] // one as wide as a pencil crosses a box from corner to corner
    [InlineData(1930)] // and one that is nearly level
    public void A_shadow_as_thin_as_writing_is_taken_for_no_signature(int seed)
    {
        var photo = GeneratedPhoto.Of(seed);

        var sheet = Assert.Single(SheetReader.Read(GrayImage.Decode(photo.Jpeg)!));

        var judged = ReadingJudge.Judge(photo, sheet);
        Assert.True(judged.Wrong.Count == 0, string.Join('\n', judged.Wrong));
        Assert.True(judged.Sure > judged.Doubtful, $"{judged.Sure} boxes are sure, {judged.Doubtful} are doubtful");
    }
}
