namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>Why a row is not taken as it stands. Somebody decides; nothing is guessed.</summary>
public enum RosterDoubt
{
    None,

    /// <summary>No way of naming classes that is known.</summary>
    ClassUnreadable,

    /// <summary>七年级: which of its classes is not said.</summary>
    ClassNoNumber,

    /// <summary>3-1, or the date that the sheet's program has made of it.</summary>
    ClassLooksLikeDate,

    /// <summary>1.1, which may have been 1.10.</summary>
    ClassLostZero,

    /// <summary>十一班, 501: grade and number cannot be told apart.</summary>
    ClassAmbiguous,

    /// <summary>A grade, a number or a year that there is not.</summary>
    ClassOutOfRange,

    /// <summary>三（2）班 in a junior school.</summary>
    ClassOfOtherStage,

    /// <summary>Neither the row nor the sheet says it.</summary>
    ClassMissing,
    NameMissing,
    NameTooLong,
    NotAName,

    /// <summary>A long number stands in or beside the name.</summary>
    NameWithNumber,

    /// <summary>陈晨（转）: something stands behind the name that does not tell two of one name apart.</summary>
    NameWithRemark,

    /// <summary>Not a number from 1 to 999.</summary>
    SeatUnreadable,

    /// <summary>Another pupil of the class has the same seat number in the file.</summary>
    SeatTwice,

    /// <summary>The class has the name twice, and no seat numbers tell whether it is one pupil.</summary>
    NameTwice,

    /// <summary>The row does not show in the sheet's program.</summary>
    Hidden,

    /// <summary>The school has one pupil of this name, in a class that the file does not hold.</summary>
    OnAnotherList,
}

public static class RosterDoubtExtensions
{
    /// <summary>Whether a class is to be chosen, which is done at once for all rows that say the same.</summary>
    public static bool IsOfClass(this RosterDoubt doubt) => doubt is >= RosterDoubt.ClassUnreadable and <= RosterDoubt.ClassMissing;

    /// <summary>Whether the name is to be written otherwise.</summary>
    public static bool IsOfName(this RosterDoubt doubt) => doubt is >= RosterDoubt.NameMissing and <= RosterDoubt.NameWithRemark;
}
