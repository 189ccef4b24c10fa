namespace SafetyCampaign.Drawing.Pdf;

/// <summary>A certificate as an upright A4 page: the picture's own drawing, as lines and text.</summary>
public static class CertificatePage
{
    /// <summary>The page, which fills the sheet.</summary>
    public static PdfPage Of(Certificate certificate) => PdfPage.A4(canvas =>
    {
        canvas.Save();
        canvas.Scale(PdfPage.A4Width / CertificateDrawing.Width, PdfPage.A4Height / CertificateDrawing.Height);
        CertificateDrawing.DrawShared(canvas, certificate);
        CertificateDrawing.DrawOwn(canvas, certificate);
        canvas.Restore();
    });
}
