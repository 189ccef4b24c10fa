namespace SafetyCampaign.Load.Visit;

/// <summary>What a family asks for, in this order.</summary>
internal enum VisitPart
{
    /// <summary>The phone page.</summary>
    Page,

    /// <summary>Its styles, scripts and pictures, with those that it fetches once it stands.</summary>
    Files,

    /// <summary>Of a pupil and a parent, in one request.</summary>
    Signature,

    /// <summary>The page of the receipt.</summary>
    Receipt,

    /// <summary>What the receipt's page needs and the phone has not fetched yet.</summary>
    ReceiptFiles,
    Certificate,
}
