namespace SafetyCampaign.Pledging;

/// <summary>The words on a certificate.</summary>
public sealed class CertificateText;
