namespace SafetyCampaign.Drawing;

/// <summary>
/// What the certificates of one event, text and language share, drawn, mapped and compressed once: paper, water, lifebuoy, title, promise,
/// clauses, facts.
/// </summary>
/// <param name="Rows">All of it: for each row the byte of its filter, then two pixels a byte.</param>
/// <param name="Bands">See <see cref="CertificateBands"/>.</param>
internal sealed record CertificateSheet(byte[] Rows, PngBand[] Bands)
{
    /// <summary>Bytes of a row, with that of its filter, which is none.</summary>
    public static readonly int Stride = 1 + PalettePng.RowBytes(CertificateDrawing.Width);

    /// <summary>The bytes of a band in <see cref="Rows"/>.</summary>
    public static Range RowsOf(int band) => (CertificateBands.Top(band) * Stride)..(CertificateBands.Ends[band] * Stride);

    /// <summary>Equal where all is equal that such certificates share.</summary>
    public static string KeyOf(Certificate certificate) => string.Join('\u001f',
    [
        certificate.Title, certificate.TitleTranslation, certificate.Promise, .. certificate.Clauses, "",
        .. certificate.ClauseTranslations, "", .. certificate.Facts, certificate.NumberCaption, certificate.Kind,
        certificate.VerificationCaption, $"{certificate.VerificationAddress.Length}", // its code's size
    ]);
}
