using System.Diagnostics;
using SafetyCampaign.Load.Reporting;
using SafetyCampaign.Schools.Paper.Reading;

namespace SafetyCampaign.Load.Paper;

/// <summary>Reads generated photos of class sheets (--photos 1000): no row may be guessed wrongly, whatever the photo is like.</summary>
internal static class PaperPart
{
    public static Task RunAsync(RunOptions options, Report report)
    {
        var count = options.Number("photos", options.Short ? 100 : 1000);
        var (kinds, wrong, read) = (new Dictionary<PhotoKind, Kind>(), new List<string>(), TimeSpan.Zero);
        for (var seed = 0; seed < count; seed++)
        {
            if (seed % 20 == 0)
                report.Progress.Now($"photo {seed} of {count}");
            var photo = GeneratedPhoto.Of(seed);
            var started = Stopwatch.GetTimestamp();
            var sheets = SheetReader.Read(GrayImage.Decode(photo.Jpeg)!);
            read += Stopwatch.GetElapsedTime(started);
            if (!kinds.TryGetValue(photo.Kind, out var kind))
                kinds[photo.Kind] = kind = new Kind();
            kind.Photos++;
            kind.Sheets += photo.Sheets.Count;
            kind.Straight += sheets.Count(sheet => sheet.Straight is not null);
            foreach (var judged in sheets.Select(sheet => ReadingJudge.Judge(photo, sheet)))
            {
                kind.Sure += judged.Sure;
                kind.Doubtful += judged.Doubtful;
                wrong.AddRange(judged.Wrong.Select(row => $"photo {seed} ({photo.Kind}): {row}"));
            }
        }
        var (sure, doubtful) = (kinds.Values.Sum(k => k.Sure), kinds.Values.Sum(k => k.Doubtful));
        report.Absolute($"Boxes guessed wrongly in {count:N0} photos", "none", $"{wrong.Count} of {sure + doubtful:N0}", wrong.Count == 0,
            string.Join("; ", wrong.Take(5)));
        report.Show("Boxes left to a person, of the sheets that are straightened",
            $"{100.0 * doubtful / Math.Max(1, sure + doubtful):0.0} %");
        foreach (var (kind, found) in kinds.OrderBy(k => k.Key))
            report.Show($"{kind}: sheets straightened", $"{found.Straight} of {found.Sheets}",
                $"{found.Photos} photos, {100.0 * found.Doubtful / Math.Max(1, found.Sure + found.Doubtful):0.0} % of the boxes doubtful");
        report.Show("Reading a photo of 2,000 pixels", $"{read.TotalMilliseconds / count:0} ms");
        return Task.CompletedTask;
    }

    private sealed class Kind
    {
        public int Photos { get; set; }

        public int Sheets { get; set; }

        public int Straight { get; set; }

        public int Sure { get; set; }

        public int Doubtful { get; set; }
    }
}
