using System.Text;

namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>
/// In which encoding a text file is: by its byte order mark, or else UTF-8 where all of it is valid UTF-8, or else GB18030, which Chinese
/// versions of Windows write. The first letters that tell them apart may come at the end of the file.
/// </summary>
public static class TextEncoding
{
    private static readonly Encoding Gb18030 = CodePagesEncodingProvider.Instance.GetEncoding(
        "GB18030", EncoderFallback.ExceptionFallback, DecoderFallback.ExceptionFallback)!;

    /// <summary>The text; null where it is none.</summary>
    public static string? Decode(byte[] file)
    {
        var (encoding, mark) = file switch
        {
            [0xEF, 0xBB, 0xBF, ..] => ((Encoding?)new UTF8Encoding(false, true), 3),
            [0xFF, 0xFE, ..] => ((Encoding?)new UnicodeEncoding(false, false, true), 2),
            [0xFE, 0xFF, ..] => ((Encoding?)new UnicodeEncoding(true, false, true), 2),
            _ => (null, 0),
        };
        if (encoding is not null)
            return TryDecode(encoding, file.AsSpan(mark));
        return file.AsSpan().Contains((byte)0) ? null : TryDecode(new UTF8Encoding(false, true), file) ?? TryDecode(Gb18030, file);
    }

    private static string? TryDecode(Encoding encoding, ReadOnlySpan<byte> bytes)
    {
        try
        {
            return encoding.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
