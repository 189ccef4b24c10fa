namespace SafetyCampaign.Campaigns;

/// <summary>
/// What an organizer settles for a scene. Each kind of scene reads its own few; the others stay as they are, so that a
/// scene without any settings is complete.
/// </summary>
public sealed partial record SceneSettings
{
    /// <summary>Longest <see cref="Speaker"/>, in UTF-16 units.</summary>
    public const int SpeakerMaxLength = 60;

    /// <summary>Longest <see cref="KeySentence"/>, in UTF-16 units.</summary>
    public const int KeySentenceMaxLength = 80;

    /// <summary>Longest line of the oath and of the promises, in UTF-16 units.</summary>
    public const int LineMaxLength = 60;

    /// <summary>Most lines of the oath, and most promises.</summary>
    public const int MaxLines = 12;

    /// <summary>Most groups at CPR practice.</summary>
    public const int MaxGroups = 12;

    /// <summary>Most minutes that a scene is planned for.</summary>
    public const int MaxPlannedMinutes = 240;

    /// <summary>In seconds.</summary>
    public const int MinCountdownSeconds = 10;

    /// <summary>In seconds.</summary>
    public const int MaxCountdownSeconds = 600;

    /// <summary>Compressions a minute (docs/domain.md 5, AHA).</summary>
    public const int MinBeatsPerMinute = 100;

    /// <summary>Compressions a minute (docs/domain.md 5, AHA).</summary>
    public const int MaxBeatsPerMinute = 120;

    /// <summary>What a scene has before anybody settles anything.</summary>
    public static SceneSettings Usual { get; } = new();

    /// <summary>Every scene: the minutes it is planned for, told to the host; 0 where none were planned.</summary>
    public int PlannedMinutes { get; init; }

    /// <summary>Speech: who speaks; empty where the title says it.</summary>
    public string Speaker { get; init; } = "";

    /// <summary>Speech: the one sentence to remember; may be empty.</summary>
    public string KeySentence { get; init; } = "";

    /// <summary>Lecture: the cards in their order; none means the program's, all of them.</summary>
    public IReadOnlyList<LectureCardContent> Cards { get; init; } = [];

    /// <summary>CPR practice: compressions a minute, from <see cref="MinBeatsPerMinute"/> to <see cref="MaxBeatsPerMinute"/>.</summary>
    public int BeatsPerMinute { get; init; } = 110;

    /// <summary>CPR practice: how many groups take turns.</summary>
    public int Groups { get; init; } = 1;

    /// <summary>Oath: what is read together, a line at a time; none means the clauses of the student's text.</summary>
    public IReadOnlyList<string> Lines { get; init; } = [];

    /// <summary>Oath: seconds from 现在签 until the wave.</summary>
    public int CountdownSeconds { get; init; } = 90;

    /// <summary>Film: the name of the uploaded file in the data folder; empty while there is none.</summary>
    public string Film { get; init; } = "";

    /// <summary>Film: the file lies on the machine at the projector and is chosen there.</summary>
    public bool FilmOnLaptop { get; init; }

    /// <summary>Thanks: what the community promises in return, a line each; may be none.</summary>
    public IReadOnlyList<string> Promises { get; init; } = [];

    /// <summary>The lecture's cards as they are shown.</summary>
    public IReadOnlyList<LectureCardContent> CardsShown() => Cards.Count > 0 ? Cards : LectureCardContent.All;
}
