namespace SafetyCampaign.Campaigns;

/// <summary>What stands for a person's signature. Stored as a number.</summary>
public enum SignatureKind
{
    /// <summary>Written on a pad; the strokes stand in <see cref="Signature"/>.</summary>
    Handwritten = 0,

    /// <summary>The typed name stands for it; nothing else is stored.</summary>
    Typed = 1,

    /// <summary>Written on a paper that is kept elsewhere; whoever transcribed it vouches for it.</summary>
    OnPaper = 2,

    /// <summary>A mark drawn on a pad before a witness by somebody who cannot write; strokes in <see cref="Signature"/>.</summary>
    Mark = 3,

    /// <summary>
    /// Written on a pad by a guardian who types no name: it stands in the strokes alone, and <see cref="Pledge.Name"/> holds the child's,
    /// after whom the guardian is called (<see cref="SignerName"/>).
    /// </summary>
    HandwrittenName = 4,
}
