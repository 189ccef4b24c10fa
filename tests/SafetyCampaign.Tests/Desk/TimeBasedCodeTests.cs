using System.Text;
using SafetyCampaign.Desk;

namespace SafetyCampaign.Tests.Desk;

/// <summary>The codes of authenticator apps, held against the standard's own samples.</summary>
public sealed class TimeBasedCodeTests
{
    private static readonly byte[] Key = Encoding.ASCII.GetBytes("12345678901234567890");

    [Theory]
    // RFC 6238, appendix B, SHA-1; of its eight digits the last six.
    [InlineData(59, "287082")]
    [InlineData(1_111_111_109, "081804")]
    [InlineData(1_111_111_111, "050471")]
    [InlineData(1_234_567_890, "005924")]
    [InlineData(2_000_000_000, "279037")]
    [InlineData(20_000_000_000, "353130")]
    public void A_code_is_what_the_standard_says(long seconds, string code)
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(code, TimeBasedCode.Of(Key, TimeBasedCode.StepAt(moment)));
        Assert.Equal(TimeBasedCode.StepAt(moment), TimeBasedCode.FindStep(Key, $" {code[..3]} {code[3..]} ", moment));
    }

    [Fact]
    public void A_code_of_the_step_before_and_after_is_taken_and_no_other()
    {
        var moment = DateTimeOffset.FromUnixTimeSeconds(1_234_567_890);
        var now = TimeBasedCode.StepAt(moment);
        foreach (var step in Enumerable.Range(-3, 7).Select(away => now + away))
            Assert.Equal(Math.Abs(step - now) <= TimeBasedCode.Tolerance ? step : null,
                TimeBasedCode.FindStep(Key, TimeBasedCode.Of(Key, step), moment));
        foreach (var typed in new[] { "", "00592", "0059241", "abcdef", "00592a" })
            Assert.Null(TimeBasedCode.FindStep(Key, typed, moment));
    }

    [Fact]
    public void An_app_reads_the_key_and_whose_it_is()
    {
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", TimeBasedCode.Base32(Key));
        Assert.Equal("otpauth://totp/A%20b:%E7%8E%8B%3F?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=A%20b",
            TimeBasedCode.Uri("A b", "王?", Key));
    }

    [Fact]
    public void A_secret_to_be_read_out_is_understood_however_it_is_typed()
    {
        var secret = ReadableSecret.New();

        Assert.Matches("^[a-hj-km-np-z2-9]{4}(-[a-hj-km-np-z2-9]{4}){2}$", secret);
        Assert.NotEqual(secret, ReadableSecret.New());
        foreach (var typed in new[] { secret, secret.ToUpperInvariant(), secret.Replace("-", ""), secret.Replace("-", " ") + " " })
            Assert.Equal(secret, ReadableSecret.Read(typed));
        foreach (var typed in new[] { null, "", secret[1..], secret + "a", new string('a', 1_000) })
            Assert.Null(ReadableSecret.Read(typed));
    }
}
