using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SafetyCampaign.Tests.Drawing;

/// <summary>Reads QR codes as a phone would, with the decoder <c>zbarimg</c>.</summary>
internal static partial class QrReader
{
    public static async Task<string> ReadPngAsync(byte[] png)
    {
        var file = Path.Combine(Path.GetTempPath(), $"qr-{Guid.NewGuid():N}.png");
        await File.WriteAllBytesAsync(file, png, TestContext.Current.CancellationToken);
        try
        {
            return await ReadFileAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>Paints what the SVG's path says, 8 dots a module, and reads that.</summary>
    public static async Task<string> ReadSvgAsync(string svg)
    {
        const int scale = 8;
        var side = int.Parse(ViewBox().Match(svg).Groups[1].Value, CultureInfo.InvariantCulture);
        var dots = new byte[side * scale * side * scale];
        Array.Fill(dots, byte.MaxValue);
        foreach (Match run in Run().Matches(svg))
        {
            var (x, y, length) = (Number(run, 1), Number(run, 2), Number(run, 3));
            for (var row = y * scale; row < (y + 1) * scale; row++)
                Array.Fill(dots, (byte)0, row * side * scale + x * scale, length * scale);
        }

        var file = Path.Combine(Path.GetTempPath(), $"qr-{Guid.NewGuid():N}.pgm");
        var header = Encoding.ASCII.GetBytes($"P5 {side * scale} {side * scale} 255\n");
        await File.WriteAllBytesAsync(file, [.. header, .. dots], TestContext.Current.CancellationToken);
        try
        {
            return await ReadFileAsync(file);
        }
        finally
        {
            File.Delete(file);
        }
    }

    public static async Task<string> ReadFileAsync(string file)
    {
        try
        {
            using var zbarimg =
                Process.Start(new ProcessStartInfo("zbarimg", ["--quiet", "--raw", "--oneshot", file]) { RedirectStandardOutput = true })!;
            var read = await zbarimg.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
            return read.TrimEnd('\n');
        }
        catch (Win32Exception) when (Environment.GetEnvironmentVariable("CI") != "true")
        {
            Assert.Skip("zbarimg is not installed (package zbar-tools).");
            throw;
        }
    }

    private static int Number(Match match, int group) => int.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"viewBox=""0 0 (\d+) \1""")]
    private static partial Regex ViewBox();

    [GeneratedRegex(@"M(\d+) (\d+)h(\d+)v1h-\3z")]
    private static partial Regex Run();
}
