namespace SafetyCampaign.Campaigns;

/// <summary>A stage of schooling (学段, docs/domain.md 8), in the order in which pupils pass through. The store keeps the number.</summary>
public enum SchoolStage
{
    /// <summary>Not said: of a school, which may have several; of a class that goes by its year of entry or a name, so that the school's
    /// holds.</summary>
    Unknown = 0,

    /// <summary>托班 and 幼儿园.</summary>
    Kindergarten = 1,

    /// <summary>小学, grades 1-6.</summary>
    Primary = 2,

    /// <summary>初中, grades 7-9.</summary>
    Junior = 3,

    /// <summary>高中, grades 10-12.</summary>
    Senior = 4,

    /// <summary>中职, by year of entry and trade.</summary>
    Vocational = 5,
}
