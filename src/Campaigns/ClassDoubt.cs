namespace SafetyCampaign.Campaigns;

/// <summary>Why a typed class, or a part of a pasted list, was not understood. Nothing is guessed (docs/domain.md 8).</summary>
public enum ClassDoubt
{
    /// <summary>It was understood.</summary>
    None,

    /// <summary>No way of naming classes that is known.</summary>
    Unreadable,

    /// <summary>七年级: which of its classes, or how many, is not said.</summary>
    NoNumber,

    /// <summary>3-1: a sheet's program makes a date of it.</summary>
    LooksLikeDate,

    /// <summary>十一班, 七十一班: grade and number cannot be told apart.</summary>
    Ambiguous,

    /// <summary>A grade, a number or a year that there is not.</summary>
    OutOfRange,

    /// <summary>A number of pupils that no class has (1-99), or one that belongs to no class.</summary>
    Pupils,

    /// <summary>The list has the class already.</summary>
    Twice,
}
