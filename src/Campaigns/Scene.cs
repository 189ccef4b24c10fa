namespace SafetyCampaign.Campaigns;

/// <summary>What happens in one part of an event. The store keeps the number.</summary>
public enum SceneKind
{
    /// <summary>People arrive; the first of them read the pledge.</summary>
    Welcome = 0,

    /// <summary>The safety education film.</summary>
    Film = 1,

    /// <summary>Somebody speaks; one sentence to remember.</summary>
    Speech = 2,

    /// <summary>The rescuers' cards (docs/domain.md 5).</summary>
    Lecture = 3,

    /// <summary>CPR practice with a metronome (docs/domain.md 5).</summary>
    Cpr = 4,

    /// <summary>The pledge read together, a line at a time.</summary>
    Oath = 5,

    /// <summary>现在签: the QR code, the count, the classes.</summary>
    Signing = 6,

    /// <summary>The total, and what the community promises in return.</summary>
    Thanks = 7,

    /// <summary>Those who signed during the countdown appear at once.</summary>
    Wave = 8,
}

/// <summary>One part of an event, in the organizer's order.</summary>
public sealed partial class Scene
{
    /// <summary>Longest <see cref="Title"/>, in UTF-16 units.</summary>
    public const int TitleMaxLength = 60;

    /// <summary>Longest <see cref="Notes"/>, in UTF-16 units without line breaks.</summary>
    public const int NotesMaxLength = 2000;

    private Scene() => Title = Notes = "";

    /// <summary>Without settings it is complete: each has a usual value.</summary>
    public Scene(SceneKind kind, string title, string notes = "", SceneSettings? settings = null)
    {
        Kind = kind;
        Title = title;
        Notes = notes;
        Settings = settings ?? SceneSettings.Usual;
    }

    /// <summary>Given by the store.</summary>
    public int Id { get; private set; }

    /// <summary>The event it is a part of.</summary>
    public int EventId { get; private set; }

    /// <summary>Place in the order, from 0.</summary>
    public int Position { get; internal set; }

    /// <summary>Never changes: another kind is another scene.</summary>
    public SceneKind Kind { get; private set; }

    /// <summary>Shown on the stage and to the host.</summary>
    public string Title { get; private set; }

    /// <summary>What the host says or must not forget; never on the stage.</summary>
    public string Notes { get; private set; }

    /// <summary>What the organizer has settled for its kind.</summary>
    public SceneSettings Settings { get; private set; } = SceneSettings.Usual;

    /// <summary>Replaces title, notes and settings. What is written anew loses its translations.</summary>
    public void Edit(string title, string notes, SceneSettings settings)
    {
        foreach (var known in Translations)
            Translate(known with
            {
                Title = title == Title ? known.Title : "",
                Notes = notes == Notes ? known.Notes : "",
                Words = known.Words.WithoutOutdated(Settings, settings),
            });
        Title = title;
        Notes = notes;
        Settings = settings;
    }

    /// <summary>The same scene for another event.</summary>
    public Scene Copy() => new(Kind, Title, Notes, Settings) { Translations = Translations };
}
