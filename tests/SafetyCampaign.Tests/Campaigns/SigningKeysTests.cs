using System.Security.Cryptography;
using SafetyCampaign.Campaigns;

namespace SafetyCampaign.Tests.Campaigns;

public sealed class SigningKeysTests
{
    private static readonly DateTimeOffset Now = new(2026, 7, 17, 9, 0, 0, 123, TimeSpan.Zero);

    private readonly SigningKeys keys = new(RandomNumberGenerator.GetBytes(SigningKeys.SecretLength));

    [Fact]
    public void A_key_is_a_uuid_of_version_7_and_tells_when_it_was_issued()
    {
        var key = keys.Issue(Now);

        Assert.Equal(7, key.Version);
        Assert.Contains($"{key}"[19], "89ab");
        Assert.Equal(Now, keys.IssuedAt(key));
        Assert.True(string.CompareOrdinal($"{key}", $"{keys.Issue(Now.AddMilliseconds(1))}") < 0, "Keys are ordered by time.");
    }

    [Fact]
    public void No_two_keys_of_one_moment_are_the_same() =>
        Assert.Equal(1000, Enumerable.Range(0, 1000).Select(_ => keys.Issue(Now)).Distinct().Count());

    [Fact]
    public void The_last_three_bytes_are_the_phones_and_any_other_change_makes_it_a_key_of_its_own()
    {
        var issued = keys.Issue(Now).ToByteArray(bigEndian: true);
        for (var place = 0; place < issued.Length; place++)
        {
            var changed = (byte[])issued.Clone();
            changed[place] ^= 1;
            Assert.Equal(place >= 13 ? Now : null, keys.IssuedAt(new Guid(changed, bigEndian: true)));
        }
    }

    [Fact]
    public void A_key_of_another_event_or_of_a_phone_is_not_recognised()
    {
        var other = new SigningKeys(RandomNumberGenerator.GetBytes(SigningKeys.SecretLength));

        Assert.Null(keys.IssuedAt(other.Issue(Now)));
        Assert.Null(keys.IssuedAt(Guid.CreateVersion7(Now)));
        Assert.Null(keys.IssuedAt(Guid.Empty));
    }

    [Fact]
    public void Without_a_secret_nothing_is_recognised()
    {
        var none = new SigningKeys([]);

        Assert.Null(none.IssuedAt(none.Issue(Now)));
    }
}
