namespace SafetyCampaign.Tests.Display;

/// <summary>A minute of film, made for these tests: it shows the second that it is at, and beeps once in each.</summary>
public static class TestFilm
{
    public const int Seconds = 60;

    public static byte[] Bytes { get; } =
        File.ReadAllBytes(Path.Combine(Source.Root, "tests", "SafetyCampaign.Tests", "Display", "film.webm"));
}
