using Microsoft.Extensions.Localization;
using SafetyCampaign.Campaigns;
using SafetyCampaign.Drawing;
using SafetyCampaign.Layout;
using SafetyCampaign.Ledger;
using SafetyCampaign.Operations;
using SafetyCampaign.Storage;

namespace SafetyCampaign.Pledging;

/// <summary>
/// Puts into words what stands on a receipt's certificate, in the reader's language. The signed wording is not
/// translated.
/// </summary>
public sealed class CertificateWriter(
    PublicAddress address, InterfaceLanguages languages, IStringLocalizer<CertificateText> localizer,
    IStringLocalizer<LayoutText> sharedLocalizer)
{
    /// <summary>Each of several children has a certificate of its own.</summary>
    public static int ChildrenOf(SignedReceipt signed) => signed.Signers.Count(s => s.Role == SignerRole.Student);

    /// <summary>Neither invalid, withdrawn nor erased, and it has that child.</summary>
    /// <param name="child">As of <see cref="Write"/>.</param>
    public static bool MayWrite(SignedReceipt signed, int? child) => signed.InvalidatedAt is null
        && signed.Signers.All(s => s.Name is not null) && !(child < 1 || child > ChildrenOf(signed));

    /// <param name="child">Counted from 1, at most <see cref="ChildrenOf"/>; null for one certificate that names all children.</param>
    public Certificate Write(SignedReceipt signed, PublishedEvent of, int? child = null)
    {
        // The child's page, with the parent's signature on it; a page of their own for those who signed without a child.
        var signers = signed.Signers.Index().ToList();
        var named = signers.Where(s => s.Item.Role == SignerRole.Student).ToList() is { Count: > 0 } children ? children : signers;
        if (child is { } one)
        {
            named = [named[one - 1]];
            signers.RemoveAll(s => s.Item.Role == SignerRole.Student && s.Index != named[0].Index);
        }
        var wording = named[0].Item.Wording;
        var translation = languages.Current.TranslationFor(wording, named[0].Item.Translations)?.Wording;
        return new Certificate
        {
            Title = wording.Title,
            TitleTranslation = translation?.Title,
            Names = [.. named.Select(s => s.Item.ShownName!)],
            Belonging = string.Join('\u3000', named.Select(s => of.ClassOf(s.Item.ClassId)?.LocalizedFullName() ?? "").Distinct()),
            Promise = localizer["Promise", of.Title],
            Clauses = wording.Clauses,
            ClauseTranslations = translation?.Clauses ?? [],
            Signatures = [.. signers.Select(s => SignatureOf(s.Item))],
            Facts = [$"{localizer["Date", of.Local(signed.Receipt.SignedAt)].Value}\u3000{of.Place}",
                string.Join(localizer["Comma"], of.Askers.Concat(of.Partners).Distinct()),
                .. signed.Signers.Any(s => Fonts.MissingIn(s.ShownName!).Count > 0)
                    ? [localizer["MissingGlyph"].Value]
                    : Array.Empty<string>()],
            NumberCaption = localizer["Number"],
            Numbers = string.Join(localizer["Comma"], named.Select(s => signed.Receipt.Number + s.Index)),
            Kind = localizer["Kind"],
            VerificationCaption = localizer["Verification", $"{address.Short}/verify"],
            Verification = signed.Receipt.Verification,
            VerificationAddress = address.VerificationInQr(signed.Receipt.Verification),
            Rehearsal = signed.Rehearsal ? localizer["Rehearsal"].Value : null,
        };
    }

    private CertificateSignature SignatureOf(ReceiptSigner signer)
    {
        var (relation, isCalledByIt) = (signer.Relation, signer.SignatureKind == SignatureKind.HandwrittenName);
        string who = sharedLocalizer[relation is not (null or GuardianRelation.Other) && !isCalledByIt
            ? $"Relation.{relation}"
            : $"Role.{signer.Role}"];
        // Drawn where there is no handwriting.
        var inPlace = signer.SignatureKind == SignatureKind.OnPaper ? localizer["OnPaper"] : signer.ShownName!;
        var handwriting = signer.Strokes is { } strokes ? Strokes.Decode(strokes) : null;
        return new CertificateSignature(localizer["Signer", who, signer.ShownName!], inPlace, handwriting);
    }
}
