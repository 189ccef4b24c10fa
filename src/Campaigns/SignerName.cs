using System.Globalization;

namespace SafetyCampaign.Campaigns;

/// <summary>
/// What a signer is called wherever people read it. Nearly always by name. A guardian whose name stands in the handwriting alone
/// (<see cref="SignatureKind.HandwrittenName"/>) is called after the child: 王小明的奶奶, in English "grandmother of 王小明".
/// </summary>
public static class SignerName
{
    /// <summary>The signer in words.</summary>
    /// <param name="name">
    /// As it is stored, see <see cref="Pledge.Name"/>: of such a guardian the child's name, perhaps a seat number, and empty where the
    /// guardian signed alone and no child is known.
    /// </param>
    /// <param name="relation">What a guardian is to the child.</param>
    /// <param name="kind">What stands for the signature.</param>
    /// <returns>In the language of the current request; null where the name has been erased.</returns>
    public static string? Of(string? name, GuardianRelation? relation, SignatureKind kind) =>
        Of(name, relation, kind, CultureInfo.CurrentUICulture);

    /// <summary>The same in the language of a reader.</summary>
    public static string? Of(string? name, GuardianRelation? relation, SignatureKind kind, CultureInfo language) =>
        name is null || kind != SignatureKind.HandwrittenName ? name : CalledAfter(name, relation, language);

    /// <summary>The same as the public may see it, see <see cref="PersonName.Mask"/>: 王**的奶奶.</summary>
    /// <param name="name">As above, and not erased.</param>
    /// <param name="relation">As above.</param>
    /// <param name="kind">As above.</param>
    /// <param name="language">The reader's; null for that of the current request.</param>
    public static string Mask(string name, GuardianRelation? relation, SignatureKind kind, CultureInfo? language = null) =>
        kind != SignatureKind.HandwrittenName
            ? PersonName.Mask(name)
            : CalledAfter(PersonName.Mask(name), relation, language ?? CultureInfo.CurrentUICulture);

    /// <summary>What a pledge's signer is called; null where the name has been erased.</summary>
    /// <param name="pledge">The pledge.</param>
    public static string? Of(Pledge pledge) => Of(pledge.Name, pledge.Relation, pledge.SignatureKind);

    /// <summary>The words that a script needs to say the same: the keys end with the name of a relation as it travels.</summary>
    /// <param name="language">The reader's.</param>
    public static IEnumerable<KeyValuePair<string, string>> WordsIn(CultureInfo language) =>
    [
        .. Enum.GetValues<GuardianRelation>().Select(relation => KeyValuePair.Create(
            $"Guardian.Of.{relation.WireName()}", CampaignsText.In(language, $"Guardian.Of.{relation}"))),
        .. new[] { "Guardian.Child.Unknown", "Guardian.Child.Seat" }
            .Select(key => KeyValuePair.Create(key, CampaignsText.In(language, key))),
    ];

    private static string CalledAfter(string child, GuardianRelation? relation, CultureInfo language)
    {
        var whose = child.Length == 0 ? CampaignsText.In(language, "Guardian.Child.Unknown")
            : child.All(char.IsAsciiDigit) ? string.Format(language, CampaignsText.In(language, "Guardian.Child.Seat"), child)
            : child;
        return string.Format(language, CampaignsText.In(language, $"Guardian.Of.{relation ?? GuardianRelation.Other}"), whose);
    }
}
