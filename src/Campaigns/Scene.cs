namespace SafetyCampaign.Campaigns;

/// <summary>What happens in one part of an event. The store keeps the number.</summary>
public enum SceneKind
{
    Welcome = 0,
    Film = 1,
    Speech = 2,
    Lecture = 3,
    Cpr = 4,
    Oath = 5,
    Signing = 6,
    Thanks = 7,

    /// <summary>Those who signed during the countdown appear at once.</summary>
    Wave = 8,
}

/// <summary>One part of an event, in the organizer's order.</summary>
public sealed class Scene
{
    public const int TitleMaxLength = 60;
    public const int NotesMaxLength = 2000;

    private Scene() => Title = Notes = "";

    public Scene(SceneKind kind, string title, string notes = "", SceneSettings? settings = null)
    {
        Kind = kind;
        Title = title;
        Notes = notes;
        Settings = settings ?? SceneSettings.Usual;
    }

    public int Id { get; private set; }
    public int EventId { get; private set; }

    /// <summary>Place in the order, from 0.</summary>
    public int Position { get; internal set; }

    public SceneKind Kind { get; private set; }
    public string Title { get; private set; }

    /// <summary>What the host says or must not forget; never on the stage.</summary>
    public string Notes { get; private set; }

    public SceneSettings Settings { get; private set; } = SceneSettings.Usual;

    public void Edit(string title, string notes, SceneSettings settings)
    {
        Title = title;
        Notes = notes;
        Settings = settings;
    }

    public Scene Copy() => new(Kind, Title, Notes, Settings);
}
