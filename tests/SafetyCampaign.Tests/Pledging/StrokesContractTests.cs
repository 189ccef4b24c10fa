using System.Buffers.Text;
using System.Text.Json;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Pledging;

/// <summary>What the phone writes, the server reads: the samples that strokes.test.ts writes as well.</summary>
public sealed class StrokesContractTests
{
    private sealed record Sample(string Name, int Width, int Height, int[][][] Strokes, string Encoded);

    public static TheoryData<string> Names() => [.. Samples().Select(s => s.Name)];

    [Theory, MemberData(nameof(Names))]
    public void A_sample_of_the_phone_is_read_point_by_point(string name)
    {
        var sample = Samples().Single(s => s.Name == name);

        var read = Strokes.Decode(Base64Url.DecodeFromChars(sample.Encoded));

        Assert.Equal((sample.Width, sample.Height), (read.Width, read.Height));
        Assert.Equal(
            sample.Strokes.Select(s => s.Select(p => new StrokePoint(p[0], p[1], p[2])).ToArray()),
            read.Strokes.Select(s => s.ToArray()));
    }

    private static Sample[] Samples()
    {
        var file = Path.Combine(AppContext.BaseDirectory, "contract", "strokes.json");
        return JsonSerializer.Deserialize<Sample[]>(File.ReadAllText(file), JsonSerializerOptions.Web)!;
    }
}
