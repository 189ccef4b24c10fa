using System.IO.Compression;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What a phone must download before a family can read and begin fits one TCP first flight.</summary>
public sealed partial class PhoneWeightTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const int FirstFlight = 14 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Over plain HTTP, as in a hall without a certificate, browsers ask for gzip alone.</summary>
    [Theory]
    [InlineData("zh-CN", "gzip")]
    [InlineData("en", "gzip")]
    [InlineData("zh-CN", "br")]
    [InlineData("en", "br")]
    public async Task The_page_its_style_and_its_script_are_no_more_than_fourteen_kilobytes(string language, string encoding)
    {
        // The day and the month of it, and of the day on which names are deleted, have the longest names.
        var e = await app.SeedEventAsync(startsAt: new DateTimeOffset(DateTime.UtcNow.Year, 9, 29, 14, 0, 0, TimeSpan.Zero));
        using var phone = app.CreateClient(language);
        var page = await phone.GetStringAsync($"/e/{e.Code}", Cancellation);
        phone.DefaultRequestHeaders.AcceptEncoding.ParseAdd(encoding);
        var parts = new Dictionary<string, int> { ["page"] = (await phone.GetByteArrayAsync($"/e/{e.Code}", Cancellation)).Length };
        phone.DefaultRequestHeaders.AcceptEncoding.Clear();
        foreach (Match file in Files().Matches(WithoutScript().Replace(page, "")))
            parts[file.Groups[1].Value] = Compressed(encoding, await phone.GetByteArrayAsync(file.Groups[1].Value, Cancellation));

        Assert.Equal(3, parts.Count);
        Assert.True(parts.Values.Sum() <= FirstFlight, $"{parts.Values.Sum()} bytes: {string.Join(", ", parts)}");
    }

    /// <summary>A mistake before Chrome 85 and Safari 14: such a browser runs none of the script, and the plain form works.</summary>
    [Fact]
    public async Task Browsers_below_the_floor_run_none_of_the_script()
    {
        var script = await File.ReadAllTextAsync(Path.Combine(Source.Root, "wwwroot", "dist", "PhonePage.js"), Cancellation);

        Assert.Contains("??=", script, StringComparison.Ordinal);
    }

    /// <summary>As the published program serves it: compressed once, as tightly as can be.</summary>
    private static int Compressed(string encoding, byte[] file)
    {
        using var compressed = new MemoryStream();
        using (Stream compressing = encoding == "br"
            ? new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true)
            : new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            compressing.Write(file);
        return (int)compressed.Length;
    }

    [GeneratedRegex("""<(?:link rel="stylesheet"[^>]*?href|script[^>]*?src)="([^"]+)""")]
    private static partial Regex Files();

    [GeneratedRegex("<noscript>.*?</noscript>", RegexOptions.Singleline)]
    private static partial Regex WithoutScript();
}
