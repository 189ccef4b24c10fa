namespace SafetyCampaign.Organizing.Events.LostReceipt;

/// <summary>Who asks the desk to act on a pledge whose receipt is lost; part of the page's address.</summary>
public enum AskedBy
{
    /// <summary>The parent or guardian who signed with the child.</summary>
    Guardian,

    /// <summary>Another guardian of the child.</summary>
    OtherGuardian,

    /// <summary>Whoever signed for itself: a teacher, a volunteer, a student who needs no guardian.</summary>
    Signer,
}
