using System.Globalization;

namespace SafetyCampaign.Storage;

/// <summary>A moment in the name of a file or folder: UTC to the second, in an order that is also the alphabet's.</summary>
internal static class FileTime
{
    private const string Format = "yyyyMMdd'T'HHmmss'Z'";

    public static string Write(DateTimeOffset moment) => moment.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    /// <summary>Null where the text is no moment.</summary>
    public static DateTimeOffset? Read(string text) => DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture,
        DateTimeStyles.AssumeUniversal, out var moment) ? moment : null;
}
