namespace SafetyCampaign.Campaigns;

/// <summary>
/// The official wordings in other languages, clause by clause, for those who read no Chinese. They are translations by
/// this product of what the Ministry of Education and Hunan published (see <see cref="OfficialTexts"/>), in the plain words
/// that WHO uses for drowning prevention; what is signed is the Chinese. A further language is a further list.
/// </summary>
internal static class OfficialTranslations
{
    private const string English = "en";
    private const string Liability = "This is a safety education pledge; it does not release any party from its legal responsibilities.";

    private const string StudentClosing =
        "If a friend is drowning, I will not join a chain of hands or rush to the rescue; "
        + "I will shout for help at once and tell an adult. " + Liability;

    private static readonly string[] FiveDonts =
    [
        "I will not go swimming without permission",
        "I will not go swimming with others without permission",
        "I will not swim unless a parent or teacher is in charge of me",
        "I will not swim in places without safety equipment and rescuers",
        "I will not swim in water that I do not know",
    ];

    private static readonly string[] SixDonts =
        [.. FiveDonts, "If I am not a good swimmer, I will not go into the water on my own to rescue anyone"];

    internal static PledgeTranslation Student { get; } = InEnglish("Student pledge to prevent drowning", SixDonts, StudentClosing);

    internal static PledgeTranslation StudentOneCan { get; } = InEnglish("Student pledge to prevent drowning (six don’ts, one can)",
        [.. SixDonts, "I will learn the basic skills of saving myself and helping others"], StudentClosing);

    internal static PledgeTranslation StudentHunan { get; } = InEnglish("Student pledge to prevent drowning (seven don’ts, two cans)",
        [
            .. FiveDonts,
            "I will not swim in streams, rivers or other waters on the way to or from school",
            "I will not rush into the water to rescue anyone",
            "I can remind others and talk them out of danger, and call for help and report without delay",
            "I know the basic ways to protect and to rescue myself",
        ],
        StudentClosing);

    internal static PledgeTranslation Guardian { get; } = InEnglish("Parent or guardian pledge to prevent drowning",
        [
            "I will know four things: where my child is going, with whom, what for, and when my child will be back",
            "I will stay with my child throughout when swimming or near water, and keep a small child within arm’s reach",
            "I will teach my child to remember the six don’ts to prevent drowning",
            "Above all I will teach my child that when a friend is drowning, nobody forms a chain of hands or rushes to the rescue: "
                + "rescue wisely and get help from an adult at once",
            "I will learn the basics of first aid, such as calling for help and CPR",
            "When I cannot look after my child myself, I will ask a reliable adult to do so and explain how to prevent drowning",
        ],
        Liability);

    internal static PledgeTranslation Teacher { get; } = InEnglish("Teacher pledge to prevent drowning",
        [
            "I will hold a class meeting on how to prevent drowning",
            "I will tell every parent what is required to prevent drowning",
            "I will remind pupils in time before they go home, before weekends and before holidays",
            "I will look after pupils who need special attention and visit their homes",
        ],
        Liability);

    internal static PledgeTranslation Volunteer { get; } = InEnglish("Volunteer (community) pledge to prevent drowning",
        [
            "I will patrol dangerous waters on schedule and persuade those who go in without permission to leave",
            "I will check the rescue equipment (pole, lifebuoy, rope and sign) and report at once what is missing or damaged",
            "I will teach residents and pupils how to prevent drowning",
            "When I see danger I will call for help and report it at once, and not rush into the water to rescue anyone",
        ],
        Liability);

    private static PledgeTranslation InEnglish(string title, IReadOnlyList<string> clauses, string closing) =>
        new(English, TextDirection.LeftToRight, new PledgeWording(title, clauses, closing), Official: true);
}
