using System.IO.Compression;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What a phone must download before a family can read and begin fits one TCP first flight.</summary>
public sealed partial class PhoneWeightTests(CampaignApp app) : IClassFixture<CampaignApp>
{
    private const int FirstFlight = 14 * 1024;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("zh-CN")]
    [InlineData("en")]
    public async Task The_page_its_style_and_its_script_are_no_more_than_fourteen_kilobytes(string language)
    {
        var e = await app.SeedEventAsync();
        using var phone = app.CreateClient(language);
        var page = await phone.GetStringAsync($"/e/{e.Code}", Cancellation);
        phone.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        var parts = new Dictionary<string, int> { ["page"] = (await phone.GetByteArrayAsync($"/e/{e.Code}", Cancellation)).Length };
        phone.DefaultRequestHeaders.AcceptEncoding.Clear();
        foreach (Match file in Files().Matches(WithoutScript().Replace(page, "")))
            parts[file.Groups[1].Value] = Compressed(await phone.GetByteArrayAsync(file.Groups[1].Value, Cancellation));

        Assert.Equal(3, parts.Count);
        Assert.True(parts.Values.Sum() <= FirstFlight, $"{parts.Values.Sum()} bytes: {string.Join(", ", parts)}");
    }

    /// <summary>As the published program serves it: compressed once, as tightly as can be.</summary>
    private static int Compressed(byte[] file)
    {
        using var compressed = new MemoryStream();
        using (var brotli = new BrotliStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            brotli.Write(file);
        return (int)compressed.Length;
    }

    [GeneratedRegex("""<(?:link rel="stylesheet"[^>]*?href|script[^>]*?src)="([^"]+)""")]
    private static partial Regex Files();

    [GeneratedRegex("<noscript>.*?</noscript>", RegexOptions.Singleline)]
    private static partial Regex WithoutScript();
}
