using System.Globalization;
using SafetyCampaign.Records.Report;

namespace SafetyCampaign.Tests.Records;

/// <summary>What hosts showed, act by act, as the timetable of an activity report.</summary>
public sealed class TimetableTests
{
    private static readonly DateTimeOffset Seven = new(2026, 7, 17, 11, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("film 0, speech 600", "film 0–600, speech 600")]
    [InlineData("oath 0, oath 20, oath 45, signing 90", "oath 0–90, signing 90")] // steps of one scene
    [InlineData("film 0, oath 600, film 605, signing 900", "film 0–900, signing 900")] // pressed by mistake, and back
    [InlineData("film 0, speech 600, oath 610, signing 900", "film 0–600, oath 610–900, signing 900")] // passed over
    [InlineData("signing 0, thanks 300, signing 360, thanks 420, signing 480, thanks 540", "signing 0–540, thanks 300")]
    [InlineData("film 0, speech 300, oath 600, film 900", "film 0–300, speech 300–600, oath 600–900, film 900")] // shown once more
    [InlineData("film 0, speech 10, oath 20", "oath 20")] // the last has no end that would say how short it was
    [InlineData("film 0, speech 29, oath 59", "speech 29–59, oath 59")]
    [InlineData("", "")]
    public void It_lists_what_was_held_each_time_once(string shown, string expected)
    {
        var acts = shown.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(act => act.Split(' '))
            .Select(act => (act[0], Seven.AddSeconds(int.Parse(act[1], CultureInfo.InvariantCulture)))).ToList();

        var spans = Timetable.Of(acts).Select(span =>
            $"{span.Scene} {Seconds(span.From)}{(span.Until is { } until ? $"–{Seconds(until)}" : "")}");

        Assert.Equal(expected, string.Join(", ", spans));

        static int Seconds(DateTimeOffset moment) => (int)(moment - Seven).TotalSeconds;
    }
}
