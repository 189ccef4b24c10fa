namespace SafetyCampaign.Schools.Rosters.Reading;

/// <summary>What a column of a sheet is taken for.</summary>
public enum ColumnRole
{
    /// <summary>Not needed for a list of pupils: nothing of it is stored.</summary>
    Ignored,

    /// <summary>座号, 学号, 序号.</summary>
    Seat,

    /// <summary>姓名.</summary>
    Name,

    /// <summary>班级, whole or without its grade.</summary>
    Class,

    /// <summary>年级, or the year of entry.</summary>
    Grade,
}

/// <summary>What a column holds that must not be kept (PIPL 6, 19; docs/domain.md 6): dropped before anything is shown or stored.</summary>
public enum PrivateData
{
    None,

    /// <summary>身份证号 or another document's number.</summary>
    IdentityNumber,

    /// <summary>全国学籍号.</summary>
    RegistrationNumber,
    Telephone,
    Birthday,
    Address,

    /// <summary>Numbers so long that the sheet has lost their last digits: identity numbers, as a rule.</summary>
    RuinedNumbers,
}

/// <summary>A column of a sheet.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Header">As it is written, both rows of it; empty where there is none.</param>
/// <param name="Role">What it is taken for.</param>
/// <param name="Dropped">Why nothing of it is left.</param>
public sealed record SheetColumn(int Index, string Header, ColumnRole Role, PrivateData Dropped);
