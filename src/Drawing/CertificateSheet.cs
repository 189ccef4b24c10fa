namespace SafetyCampaign.Drawing;

/// <summary>
/// What the certificates of one event, text and language share, drawn, mapped and compressed once: paper, water, lifebuoy, title, promise,
/// clauses, facts.
/// </summary>
/// <param name="Rows">All of it: for each row the byte of its filter, then two pixels a byte.</param>
/// <param name="Bands">See <see cref="BandEnds"/>.</param>
internal sealed record CertificateSheet(byte[] Rows, PngBand[] Bands)
{
    /// <summary>
    /// Where bands end, in rows from the top: head, school and name, promise and clauses, signatures, facts, code and number, foot. Where
    /// one holds nothing that is a family's own, its chunk is the sheet's. They only save time: a name that were drawn beyond its band
    /// would have both made anew.
    /// </summary>
    public static readonly int[] BandEnds = [246, 518, 946, 1144, 1266, 1482, CertificateDrawing.Height];

    /// <summary>Bytes of a row, with that of its filter, which is none.</summary>
    public static readonly int Stride = 1 + PalettePng.RowBytes(CertificateDrawing.Width);

    /// <summary>The bytes of a band in <see cref="Rows"/>.</summary>
    public static Range RowsOf(int band) => (band == 0 ? 0 : BandEnds[band - 1] * Stride)..(BandEnds[band] * Stride);

    /// <summary>Equal where all is equal that such certificates share.</summary>
    public static string KeyOf(Certificate certificate) => string.Join('\u001f',
    [
        certificate.Title, certificate.TitleTranslation, certificate.Promise, .. certificate.Clauses, "",
        .. certificate.ClauseTranslations, "", .. certificate.Facts, certificate.NumberCaption, certificate.Kind,
        certificate.VerificationCaption, $"{certificate.VerificationAddress.Length}", // its code's size
    ]);
}
